import type { Check } from '../../model/target.ts';
import { matchedResponse, valuesOf } from '../reading/response.ts';
import { excerpt } from '../reading/excerpt.ts';

export const noContentCheck: Check = {
  name: 'no-content',
  requirement: 'Where the document declares no content, the answer has no body and no Content-Type.',
  severity: 'violation',
  remedy: 'Send no body and no Content-Type, or declare the content.',
  appliesTo: (subject) => matchedResponse(subject)?.response.media.length === 0,
  *run(subject) {
    const matched = matchedResponse(subject);
    if (matched === undefined) return;
    const { answer, response } = matched;
    const [label] = valuesOf(answer, 'content-type');
    if (answer.body.length > 0) {
      yield {
        message: `a ${answer.status} is declared without content, yet ${answer.body.length} bytes of body came`,
        where: 'body',
        expected: 'no body',
        actual: excerpt(subject, Buffer.from(answer.body).toString('utf8')),
        at: response.at,
      };
    } else if (label !== undefined) {
      yield {
        message: `a ${answer.status} is declared without content, yet a Content-Type announces one`,
        where: 'header content-type',
        expected: 'no Content-Type',
        actual: excerpt(subject, label),
        at: response.at,
      };
    }
  },
};
