import type { OasDocument } from '../../model/document.ts';
import type { Check, Subject, Violation } from '../../model/target.ts';
import { dataContentSchema } from '../../openapi/sequences/content-schema.ts';
import { below, follow, member } from '../../openapi/document/pointer.ts';
import { issuesOfJson, type SchemaIssue } from '../../openapi/schema/schema.ts';
import type { Item } from '../../openapi/sequences/item.ts';
import { type Items, itemsIn } from '../../openapi/sequences/items.ts';
import { bodyFormat } from '../reading/body/declared-body.ts';
import { excerpt } from '../reading/excerpt.ts';
import { digitsLost } from '../reading/json/json-numbers.ts';
import { matchedResponse } from '../reading/response.ts';
import { declaresProperty } from '../reading/schema-properties.ts';

export const itemsCheck: Check = {
  name: 'items',
  requirement:
    'Each item of a sequence (lines of JSON, JSON texts, server-sent events) fits the schema that is declared for it.',
  severity: 'violation',
  remedy: 'Correct the item, or the schema in the document.',
  appliesTo: (subject) => itemsOf(subject) !== undefined,
  *run(subject) {
    const items = itemsOf(subject);
    if (items === undefined) return;
    const { document } = subject.case.operation;
    yield* formIssues(subject, items);
    let found = 0;
    for (const [place, item] of items.list.entries()) {
      const number = place + 1;
      for (const issue of issuesOfItem(document, items, item)) {
        if (++found > mostFindings) return;
        yield {
          message: excerpt(subject, `item ${number} ${issue.message}`),
          // As if the items were a list.
          where: `body /${place}${excerpt(subject, issue.path)}`,
          expected: issue.expected,
          actual: excerpt(subject, issue.actual),
          at: issue.at ?? items.at,
        };
      }
    }
  },
};

const mostFindings = 20;

/** The schema of the items of a body, where it is judged item by item. */
export function itemsSchema(subject: Subject): string | undefined {
  return itemsOf(subject)?.schema;
}

/** The schema that items are held against. */
interface Judged {
  readonly schema: string;
  readonly ofItems: boolean;
}

interface JudgedItems extends Items, Judged {
  readonly list: readonly Item[];
  readonly at: Subject['case']['at'];
}

function itemsOf(subject: Subject): JudgedItems | undefined {
  const format = bodyFormat(subject);
  const matched = matchedResponse(subject);
  if (format?.kind !== 'items' || matched?.media?.schema === undefined) return undefined;
  const { schema, at, ofItems = false } = matched.media;
  const { rest, ...items } = itemsIn(format.format, format.text);
  // What stands after the last whole item is the beginning of the next one where the stream was read no further.
  const last = rest === undefined || matched.answer.stopped !== undefined ? {} : { rest };
  // Of JSON, what has no end may be whole: that shows when it is read.
  const isLast = format.format !== 'events' && last.rest !== undefined;
  const list = [...items.whole, ...(isLast ? [last.rest] : [])].filter((item) => !isEnd(item));
  return { ...items, ...(format.format === 'events' ? last : {}), list, schema, ofItems, at };
}

/** What is wrong with a sequence before any of its items is looked at. */
function* formIssues(subject: Subject, { meaningless, rest, whole, at }: JudgedItems): Iterable<Violation> {
  if (meaningless) {
    yield {
      message: 'the body is no event stream: no line of it is a comment or one of the fields data, event, id and retry',
      where: 'body',
      expected: 'lines such as "data: {}", and an empty line after each event',
      actual: excerpt(subject, bodyText(subject)),
      at,
    };
  } else if (rest !== undefined && !isEnd(rest)) {
    yield {
      message: `the stream ends within event ${whole.length + 1}, so that clients leave it out`,
      where: `body /${whole.length}`,
      expected: 'an empty line after the last event',
      actual: excerpt(subject, rest.kind === 'event' ? `data: ${rest.fields['data']}` : rest.text),
      at,
      hint: 'End each event with an empty line, the last one too (HTML standard, server-sent events).',
    };
  }
}

function bodyText(subject: Subject): string {
  const format = bodyFormat(subject);
  return format?.kind === 'items' ? format.text : '';
}

/** Several services end a stream of JSON with this word. */
function isEnd(item: Item): boolean {
  return item.kind === 'event' && item.fields['data'] === '[DONE]';
}

type ItemIssue = Omit<SchemaIssue, 'at' | 'keyword'> & Partial<Pick<SchemaIssue, 'at'>>;

/** Of several ways to read an item, the one that fits counts: the document cannot say which one it means. */
function issuesOfItem(document: OasDocument, items: Judged, item: Item): readonly ItemIssue[] {
  const content = items.ofItems && item.kind === 'event' ? contentIssues(document, items.schema, item) : [];
  if (content.length > 0) return content;
  const readings = readingsOf(document, items, item);
  if (readings.length === 0) {
    const text = item.kind === 'json' ? item.text : String(item.fields['data']);
    const what = item.kind === 'json' ? 'is no JSON document' : 'has data that is no JSON document';
    return [{ path: '', message: what, expected: 'one JSON document', actual: text }];
  }
  let first: readonly SchemaIssue[] | undefined;
  for (const pointer of schemasOf(document, items)) {
    for (const { value, digits } of readings) {
      const issues = issuesOfJson({ document, pointer, value, digits });
      if (issues.length === 0) return [];
      first ??= issues;
    }
  }
  return (first ?? []).map((issue) => ({ ...issue, message: `departs from its schema: ${issue.message}` }));
}

/** JSON Schema leaves `contentSchema` to its users: OpenAPI 3.2 says with it what the data of an event holds. */
function contentIssues(
  document: OasDocument,
  schema: string,
  item: Item & { readonly kind: 'event' },
): readonly ItemIssue[] {
  const content = dataContentSchema(document, schema);
  if (content === undefined) return [];
  const text = String(item.fields['data']);
  const [read] = jsonIn(text);
  if (read === undefined)
    return [
      { path: '/data', message: 'has data that is no JSON document', expected: 'one JSON document', actual: text },
    ];
  return issuesOfJson({ document, pointer: content, ...read }).map((issue) => ({
    ...issue,
    path: `/data${issue.path}`,
    message: `has data that departs from its contentSchema: ${issue.message}`,
  }));
}

interface Reading {
  readonly value: unknown;
  readonly digits: ReadonlyMap<string, string>;
}

/** The values that an item may stand for, the likeliest first; none where JSON is wanted and there is none. */
function readingsOf(document: OasDocument, items: Judged, item: Item): readonly Reading[] {
  if (item.kind === 'json') return jsonIn(item.text);
  const data = String(item.fields['data']);
  const whole: Reading = { value: item.fields, digits: none };
  const isDeclared = (name: string): boolean =>
    schemasOf(document, items).some((pointer) => declaresProperty(document, pointer, [name]));
  // OpenAPI 3.2: an item is the event with its fields. Documents that mean its data alone are read as they mean it.
  if (items.ofItems) return ['data', 'event', 'id', 'retry'].some(isDeclared) ? [whole] : [...jsonIn(data), whole];
  return isDeclared('data') ? [whole, ...jsonIn(data)] : jsonIn(data);
}

const none: ReadonlyMap<string, string> = new Map();

function jsonIn(text: string): readonly Reading[] {
  try {
    return [{ value: JSON.parse(text) as unknown, digits: digitsLost(text) }];
  } catch {
    return [];
  }
}

/** A schema of a list describes all items together, so that each of them is held against that of one. */
function schemasOf(document: OasDocument, { schema, ofItems }: Judged): readonly string[] {
  if (ofItems) return [schema];
  const target = follow(document.root, schema);
  return target !== undefined && member(target.value, 'items') !== undefined
    ? [below(target.pointer, 'items'), schema]
    : [schema];
}
