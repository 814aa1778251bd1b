import type { Check } from '../../model/target.ts';
import { valuesOf, wholeResponse } from '../reading/response.ts';
import { isJson, parseMediaType } from '../../openapi/media-type.ts';
import { excerpt } from '../reading/excerpt.ts';

export const charsetCheck: Check = {
  name: 'charset',
  requirement: 'A charset on JSON, if any, is UTF-8: JSON between systems has no other (RFC 8259 §8.1).',
  severity: 'violation',
  remedy: 'Send JSON in UTF-8, and leave the charset out of Content-Type.',
  appliesTo: (subject) => subject.response !== undefined && charsetOf(subject) !== undefined,
  *run(subject) {
    const charset = charsetOf(subject);
    if (charset === undefined || /^utf-8$/i.test(charset)) return;
    yield {
      message: `the JSON is labelled charset=${excerpt(subject, charset)}`,
      where: 'header content-type',
      expected: 'no charset, or charset=utf-8',
      actual: `charset=${excerpt(subject, charset)}`,
      // The meaning is clear, but it is not a registered name.
      ...(/^utf8$/i.test(charset) ? { severity: 'advice' } : {}),
    };
  },
};

function charsetOf(subject: Parameters<Check['run']>[0]): string | undefined {
  const answer = wholeResponse(subject);
  const [label] = answer === undefined ? [] : valuesOf(answer, 'content-type');
  const given = label === undefined ? undefined : parseMediaType(label);
  return given !== undefined && isJson(given.type) ? given.parameters.get('charset') : undefined;
}
