import type { Check } from '../../model/target.ts';
import { valuesOf, wholeResponse } from '../reading/response.ts';
import { excerpt } from '../reading/excerpt.ts';

export const retryAfterCheck: Check = {
  name: 'retry-after',
  requirement: 'Retry-After, where it is sent, is a number of seconds or an HTTP date (RFC 9110 §10.2.3).',
  severity: 'violation',
  remedy: 'Send Retry-After as a number of seconds or as an HTTP date.',
  appliesTo: (subject) => {
    const answer = wholeResponse(subject);
    return answer !== undefined && valuesOf(answer, 'retry-after').length > 0;
  },
  *run(subject) {
    const answer = wholeResponse(subject);
    const values = answer === undefined ? [] : valuesOf(answer, 'retry-after');
    const [value] = values;
    if (value === undefined || (values.length === 1 && (/^\d+$/.test(value) || isHttpDate(value)))) return;
    yield {
      message: values.length > 1 ? 'Retry-After is there more than once' : 'Retry-After is neither seconds nor a date',
      where: 'header retry-after',
      expected: 'such as "120" or "Wed, 21 Oct 2026 07:28:00 GMT"',
      actual: excerpt(subject, values.join(' | ')),
    };
  },
};

/** The form that senders must use, and the two old ones. RFC 9110, section 5.6.7. */
function isHttpDate(text: string): boolean {
  const form =
    /^(?:[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT|[A-Z][a-z]{5,8}, \d\d-[A-Z][a-z]{2}-\d\d [\d:]{8} GMT|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4})$/;
  return form.test(text) && !Number.isNaN(Date.parse(text));
}
