import type { Check, Subject } from '../../model/target.ts';
import { matchedJson, type JsonBody } from '../reading/body/declared-body.ts';
import { problemOf } from '../reading/problem-details.ts';
import { declaresProperty, valueIn } from '../reading/schema-properties.ts';

export const bodyStatusCheck: Check = {
  name: 'body-status',
  requirement: 'The status in an error body is the status of the answer.',
  severity: 'violation',
  remedy: 'Write the status of the response into the body.',
  appliesTo: (subject) => statusBody(subject) !== undefined,
  *run(subject) {
    const body = statusBody(subject);
    const status = valueIn(body?.value, ['status']);
    // A missing status, or one of another type, is reported by the schema check.
    if (body === undefined || typeof status !== 'number' || status === body.status) return;
    yield {
      message: `the body says status ${status} in an answer of status ${body.status}`,
      where: 'body /status',
      expected: String(body.status),
      actual: String(status),
      at: body.media.at,
    };
  },
};

/** Problem details (RFC 9457, section 3.1.3), or an error body whose schema has a `status` that, by the document's own examples, is the HTTP status. */
function statusBody(subject: Subject): JsonBody | undefined {
  const problem = problemOf(subject);
  if (problem !== undefined) return problem;
  const body = matchedJson(subject);
  if (body?.schema === undefined || body.status < 400) return undefined;
  if (!declaresProperty(subject.case.operation.document, body.schema, ['status'])) return undefined;
  const { key, media } = body.response;
  const contradicted = media.some(({ examples }) =>
    examples.some(({ origin, value, at }) => {
      const given = valueIn(value, ['status']);
      const own = origin === 'document' && !/\/schemas?\//.test(at.pointer);
      return own && typeof given === 'number' && /^\d+$/.test(key) && given !== Number(key);
    }),
  );
  return contradicted ? undefined : body;
}
