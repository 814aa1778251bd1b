import type { OasDocument } from '../model/document.ts';
import type { LintFinding, LintRule } from './finding.ts';
import { documentInvalidRule } from './rules/document-invalid.ts';
import { errorWithoutSchemaRule } from './rules/error-without-schema.ts';
import { exampleBreaksSchemaRule } from './rules/example-breaks-schema.ts';
import { exampleContradictsStatusRule } from './rules/example-contradicts-status.ts';
import { linkExpressionRule } from './rules/link-expression.ts';
import { linkParameterRule } from './rules/link-parameter.ts';
import { linkTargetRule } from './rules/link-target.ts';
import { patternNotEcmaRule } from './rules/pattern-not-ecma.ts';
import { patternUnsafeRule } from './rules/pattern-unsafe.ts';
import { rangeHidesCodesRule } from './rules/range-hides-codes.ts';
import { requiredNotSentRule } from './rules/required-not-sent.ts';
import { responseUnreachableRule } from './rules/response-unreachable.ts';
import { schemaUnusableRule } from './rules/schema-unusable.ts';
import { securityWithout401Rule } from './rules/security-without-401.ts';
import { xEnumRule } from './rules/x-enum.ts';
import { subjectOf } from './subject.ts';

/** Every rule, in the order in which findings of one line are shown; docs/lint.md holds the same list. */
export const lintRules: readonly LintRule[] = [
  documentInvalidRule,
  schemaUnusableRule,
  exampleBreaksSchemaRule,
  exampleContradictsStatusRule,
  errorWithoutSchemaRule,
  rangeHidesCodesRule,
  responseUnreachableRule,
  securityWithout401Rule,
  requiredNotSentRule,
  linkTargetRule,
  linkParameterRule,
  linkExpressionRule,
  xEnumRule,
  patternNotEcmaRule,
  patternUnsafeRule,
];

/**
 * What the rules find in a document, or in what one operation of it uses, by file and line. What several operations share
 * is said once. Throws `E_OPERATION` where the document has no such operation.
 */
export function lintDocument(document: OasDocument, only?: string): readonly LintFinding[] {
  const subject = subjectOf(document, only);
  const byPlace = new Map<string, LintFinding>();
  for (const rule of lintRules) {
    for (const remark of rule.find(subject)) {
      const key = JSON.stringify([rule.id, remark.at.file, remark.at.pointer, remark.message]);
      const operations = [...(byPlace.get(key)?.operations ?? []), ...(remark.operations ?? [])];
      byPlace.set(key, {
        rule: rule.id,
        severity: rule.severity,
        ...remark,
        operations: [...new Set(operations)],
      });
    }
  }
  return [...byPlace.values()].sort((a, b) =>
    a.at.file === b.at.file ? a.at.line - b.at.line : a.at.file < b.at.file ? -1 : 1,
  );
}
