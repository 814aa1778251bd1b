import type { Check, Subject, Violation } from '../../model/target.ts';
import { placeOf } from '../../openapi/document/place.ts';
import { below, follow } from '../../openapi/document/pointer.ts';
import { dataContentSchema } from '../../openapi/sequences/content-schema.ts';
import { keywordsNotApplied } from '../../openapi/schema/schema.ts';
import { declared, whyNotJudged } from '../head/declared-headers.ts';
import { bodyFormat } from '../reading/body/declared-body.ts';
import { matchedResponse, valuesOf, wholeResponse } from '../reading/response.ts';
import { propertiesNamed } from '../reading/schema-properties.ts';
import { itemsSchema } from './items.ts';
import { judgedSchema } from './schema.ts';

export const notJudgedCheck: Check = {
  name: 'not-judged',
  requirement: 'All that the document declares for an answer can be judged; what cannot be judged is reported.',
  severity: 'advice',
  remedy: 'Check this by other means, or declare it in a form that can be judged.',
  appliesTo: (subject) => subject.response !== undefined && wholeResponse(subject) !== undefined,
  *run(subject) {
    yield* body(subject);
    yield* headers(subject);
    yield* keywords(subject);
  },
};

const hint = 'Check this by other means, or declare it in a form that can be judged.';

function* body(subject: Subject): Iterable<Violation> {
  const media = matchedResponse(subject)?.media;
  const format = bodyFormat(subject);
  for (const keyword of media?.notApplied ?? []) {
    yield {
      message: `body judged without ${keyword}: this keyword of its media type is not applied`,
      where: 'body',
      expected: 'schema, or itemSchema of events, lines of JSON and JSON sequences',
      actual: keyword,
      ...(media === undefined ? {} : { at: media.at }),
      hint,
    };
  }
  if (media === undefined || format?.kind !== 'not-judged') return;
  yield {
    message: `body not judged: ${format.why}`,
    where: 'body',
    expected: 'JSON, or plain text where the schema is a string, a number or a boolean',
    actual: `a body that is declared as ${media.type}`,
    at: media.at,
    hint,
  };
}

function* headers(subject: Subject): Iterable<Violation> {
  const answer = wholeResponse(subject);
  for (const header of declared(subject)) {
    const why = whyNotJudged(header);
    if (answer === undefined || why === undefined || valuesOf(answer, header.name.toLowerCase()).length === 0) continue;
    yield {
      message: `header ${header.name} not judged: ${why}`,
      where: `header ${header.name.toLowerCase()}`,
      expected: 'a header that is declared by a schema, or by content of JSON or plain text',
      actual: `content of ${header.mediaType ?? 'no type'}`,
      at: header.at,
      hint,
    };
  }
}

function* keywords(subject: Subject): Iterable<Violation> {
  const schema = judgedSchema(subject) ?? itemsSchema(subject);
  if (schema === undefined) return;
  yield* contents(subject, schema);
  for (const { keyword, at, why } of keywordsNotApplied(subject.case.operation.document, schema).slice(0, 10)) {
    yield {
      message: `body judged without ${keyword}: ${why ?? 'this keyword of its schema is not applied'}`,
      where: 'body',
      expected: 'keywords of JSON Schema 2020-12 and OpenAPI',
      actual: keyword,
      at,
      hint:
        why === undefined
          ? 'Correct the keyword where it is misspelt; otherwise check by other means what it demands.'
          : 'Correct or simplify it in the document; until then check by other means what it demands.',
    };
  }
}

/** The data of events is held against one `contentSchema`, where all of them have the same. */
function* contents(subject: Subject, schema: string): Iterable<Violation> {
  const { document } = subject.case.operation;
  if (subject.media?.ofItems !== true || dataContentSchema(document, schema) !== undefined) return;
  const data = propertiesNamed(document, schema, 'data').map((pointer) => below(pointer, 'contentSchema'));
  const found = data.find((pointer) => follow(document.root, pointer) !== undefined);
  if (found === undefined) return;
  yield {
    message: 'body judged without contentSchema: it stands in an alternative, so that it is only of some events',
    where: 'body',
    expected: 'contentSchema of the property data of itemSchema itself',
    actual: 'contentSchema in allOf, oneOf or anyOf',
    at: placeOf(document, found),
    hint,
  };
}
