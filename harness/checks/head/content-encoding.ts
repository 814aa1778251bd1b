import { gunzipSync } from 'node:zlib';
import type { Check } from '../../model/target.ts';
import { valuesOf, wholeResponse } from '../reading/response.ts';
import { isGzip } from '../reading/body.ts';
import { excerpt } from '../reading/excerpt.ts';

export const contentEncodingCheck: Check = {
  name: 'content-encoding',
  requirement: 'A body comes as it is: no content coding was asked for, and none is hidden or claimed.',
  severity: 'violation',
  appliesTo: (subject) => subject.response !== undefined && wholeResponse(subject) !== undefined,
  *run(subject) {
    const answer = wholeResponse(subject);
    if (answer === undefined) return;
    const codings = valuesOf(answer, 'content-encoding').flatMap((value) => value.toLowerCase().split(/\s*,\s*/));
    const coding = codings.filter((name) => name !== 'identity' && name !== '').join(', ');
    const where = 'header content-encoding';
    const expected = 'no Content-Encoding';
    if (coding === '') {
      if (!isGzip(answer.body)) return;
      yield { message: 'the body is gzip, and nothing says so', where, expected: 'plain bytes', actual: 'bytes 1f 8b' };
    } else if (answer.body.length === 0) {
      if (subject.exchange.request.method === 'HEAD') return;
      yield {
        message: `an empty body is labelled ${excerpt(subject, coding)}`,
        where,
        expected,
        actual: excerpt(subject, coding),
      };
    } else if (/^(x-)?gzip$/.test(coding) && !opens(answer.body)) {
      const actual = isGzip(answer.body) ? 'bytes that do not unpack' : 'plain bytes';
      yield {
        message: 'the body is labelled gzip and is none',
        where,
        expected: 'a body that is what its label says',
        actual,
      };
    } else {
      yield {
        message: `the body is coded as ${excerpt(subject, coding)}, which the request did not ask for`,
        where,
        expected,
        actual: excerpt(subject, coding),
        hint: 'The request has no Accept-Encoding header; a client that sends none does not decode.',
      };
    }
  },
};

/** Reads no more than a little: what it unpacks to is not of interest. */
function opens(body: Uint8Array): boolean {
  try {
    gunzipSync(body, { maxOutputLength: 8 * 1024 * 1024 });
    return true;
  } catch (thrown) {
    return thrown instanceof RangeError;
  }
}
