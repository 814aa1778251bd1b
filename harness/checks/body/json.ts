import type { Check } from '../../model/target.ts';
import { schemaIssues } from '../../openapi/schema/schema.ts';
import { expectedJson } from '../reading/body/declared-body.ts';
import { matchedResponse } from '../reading/response.ts';
import { excerpt } from '../reading/excerpt.ts';

export const jsonCheck: Check = {
  name: 'json',
  requirement: 'A JSON body is exactly one strict JSON document in UTF-8 without a byte order mark (RFC 8259).',
  severity: 'violation',
  remedy: 'Send one JSON document in UTF-8.',
  appliesTo: (subject) => expectedJson(subject) !== undefined,
  *run(subject) {
    const body = expectedJson(subject);
    const media = matchedResponse(subject)?.media;
    if (body === undefined || media === undefined) return;
    const where = 'body';
    if (body.kind === 'none') {
      yield {
        message: 'the body is empty',
        where,
        expected: `a body of ${media.type}`,
        actual: '0 bytes',
        at: media.at,
      };
    } else if (body.kind === 'broken') {
      const { message, expected, actual, hint } = body.problem;
      yield {
        message,
        where,
        expected,
        actual: excerpt(subject, actual),
        at: media.at,
        ...(hint === undefined ? {} : { hint }),
      };
    } else if (body.kind === 'json' && body.nested !== undefined) {
      const { document } = subject.case.operation;
      if (media.schema === undefined || schemaIssues(document, media.schema, body.value).length === 0) return;
      yield {
        message: 'the body is JSON inside of a JSON string: it was encoded twice',
        where,
        expected: 'the document itself',
        actual: excerpt(subject, JSON.stringify(body.value)),
        at: media.at,
      };
    }
  },
};
