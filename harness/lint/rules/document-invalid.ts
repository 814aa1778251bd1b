import type { OasDocument } from '../../model/document.ts';
import { deferredProblems } from '../../openapi/document/deferred-problems.ts';
import { placeOf } from '../../openapi/document/place.ts';
import type { LintRemark, LintRule } from '../finding.ts';
import type { LintSubject } from '../subject.ts';

export const documentInvalidRule: LintRule = {
  id: 'document-invalid',
  title: 'The document is valid OpenAPI, and each reference leads to something.',
  severity: 'error',
  *find(subject) {
    yield* problems(subject);
    yield* brokenReferences(subject);
    yield* unusableOperations(subject);
  },
};

function* problems({ document, concerns }: LintSubject): Iterable<LintRemark> {
  for (const { pointer, message } of deferredProblems(document)?.problems ?? []) {
    if (!concerns(pointer)) continue;
    yield {
      at: { ...placeOf(document, pointer), pointer },
      message: `${pointer === '' ? 'the document' : pointer} ${message}`,
      expected: `what the meta-schema of OpenAPI ${document.openapi} allows`,
      actual: message,
      remedy: 'Correct it as the OpenAPI specification says.',
    };
  }
}

function* brokenReferences({ document, concerns }: LintSubject): Iterable<LintRemark> {
  for (const { pointers, error } of deferredProblems(document)?.broken ?? []) {
    const [pointer] = pointers.filter(concerns);
    if (pointer === undefined) continue;
    yield {
      at: { ...placeOf(document, pointer), pointer },
      message: withoutPlace(document, error.message),
      expected: 'a reference that leads to a value',
      actual: 'one that leads nowhere',
      remedy: error.hint ?? 'Correct the reference, or add what it refers to.',
    };
  }
}

/** Operations that cannot be read for another reason than a reference, which is told already. */
function* unusableOperations({ document, unusable }: LintSubject): Iterable<LintRemark> {
  const told = new Set((deferredProblems(document)?.broken ?? []).map(({ error }) => error.message));
  for (const { listed, error } of unusable) {
    if (told.has(error.message)) continue;
    yield {
      at: { ...placeOf(document, listed.pointer), pointer: listed.pointer },
      message: `the operation ${listed.id} cannot be used: ${withoutPlace(document, error.message)}`,
      expected: 'an operation that requests can be made for',
      actual: error.code,
      remedy: error.hint ?? 'Correct it in the document.',
      operations: [listed.id],
    };
  }
}

/** The place stands beside the message already. */
function withoutPlace({ source }: OasDocument, message: string): string {
  return message.startsWith(`${source}:`) ? message.replace(/^.*?:\d+:? /, '') : message;
}
