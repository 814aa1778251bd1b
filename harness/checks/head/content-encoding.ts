import type { Check } from '../../model/target.ts';
import { isGzip } from '../reading/body/body.ts';
import { contentOf } from '../reading/body/content-coding.ts';
import { excerpt } from '../reading/excerpt.ts';
import { valuesOf, wholeResponse } from '../reading/response.ts';

export const contentEncodingCheck: Check = {
  name: 'content-encoding',
  requirement: 'A body is what its Content-Encoding says, and a coding that the request did not ask for is avoided.',
  severity: 'violation',
  remedy: 'Send the body without a content coding, or with the Content-Encoding that it has.',
  appliesTo: (subject) => subject.response !== undefined && wholeResponse(subject) !== undefined,
  *run(subject) {
    const answer = wholeResponse(subject);
    if (answer === undefined) return;
    const where = 'header content-encoding';
    const label = excerpt(subject, valuesOf(answer, 'content-encoding').join(', '));
    const content = contentOf(answer);
    if (answer.body.length === 0) {
      const claimed = /[^\s,]/.test(label.replaceAll(/\bidentity\b/gi, ''));
      if (!claimed || subject.exchange.request.method === 'HEAD') return;
      yield { message: `an empty body is labelled ${label}`, where, expected: 'no Content-Encoding', actual: label };
    } else if (content.kind === 'mislabelled') {
      yield {
        message: `the body is labelled ${excerpt(subject, content.coding)} and cannot be decoded as that`,
        where,
        expected: 'a body that is what its Content-Encoding says (RFC 9110 §8.4)',
        actual: isGzip(answer.body) ? 'gzip that does not unpack' : 'bytes of another form',
      };
    } else if (content.codings.length > 0) {
      yield {
        message: `the body is coded as ${excerpt(subject, content.codings.join(', '))}, which the request did not ask for`,
        where,
        expected: 'no Content-Encoding where the request has no Accept-Encoding',
        actual: label,
        hint: 'RFC 9110 §12.5.3 allows it; but many clients that send no Accept-Encoding do not decode.',
        severity: 'advice',
      };
    } else if (isGzip(answer.body)) {
      yield {
        message: 'the body is gzip, and no Content-Encoding says so',
        where,
        expected: 'plain bytes, or Content-Encoding: gzip',
        actual: 'bytes 1f 8b',
      };
    }
  },
};
