import type { OasDocument } from '../../model/document.ts';
import type { Check, Subject } from '../../model/target.ts';
import { below, follow, member } from '../../openapi/document/pointer.ts';
import { issuesOfJson, type SchemaIssue } from '../../openapi/schema/schema.ts';
import { bodyFormat } from '../reading/body/declared-body.ts';
import { type Item, itemsIn } from '../reading/body/items.ts';
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
    let found = 0;
    for (const [place, item] of items.list.entries()) {
      const number = place + 1;
      for (const issue of issuesOfItem(document, items.schema, item)) {
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

function itemsOf(
  subject: Subject,
): { readonly list: readonly Item[]; readonly schema: string; readonly at: Subject['case']['at'] } | undefined {
  const format = bodyFormat(subject);
  const media = matchedResponse(subject)?.media;
  if (format?.kind !== 'items' || media?.schema === undefined) return undefined;
  const list = itemsIn(format.format, format.text).filter((item) => !isEnd(item));
  return { list, schema: media.schema, at: media.at };
}

/** Several services end a stream of JSON with this word. */
function isEnd(item: Item): boolean {
  return item.kind === 'event' && item.fields['data'] === '[DONE]';
}

type ItemIssue = Omit<SchemaIssue, 'at' | 'keyword'> & Partial<Pick<SchemaIssue, 'at'>>;

/** Of several ways to read an item, the one that fits counts: the document cannot say which one it means. */
function issuesOfItem(document: OasDocument, schema: string, item: Item): readonly ItemIssue[] {
  const readings = readingsOf(document, schema, item);
  if (readings.length === 0) {
    const text = item.kind === 'json' ? item.text : String(item.fields['data']);
    const what = item.kind === 'json' ? 'is no JSON document' : 'has data that is no JSON document';
    return [{ path: '', message: what, expected: 'one JSON document', actual: text }];
  }
  let first: readonly SchemaIssue[] | undefined;
  for (const pointer of schemasOf(document, schema)) {
    for (const { value, digits } of readings) {
      const issues = issuesOfJson({ document, pointer, value, digits });
      if (issues.length === 0) return [];
      first ??= issues;
    }
  }
  return (first ?? []).map((issue) => ({ ...issue, message: `departs from its schema: ${issue.message}` }));
}

interface Reading {
  readonly value: unknown;
  readonly digits: ReadonlyMap<string, string>;
}

/** The values that an item may stand for, the likeliest first; none where JSON is wanted and there is none. */
function readingsOf(document: OasDocument, schema: string, item: Item): readonly Reading[] {
  if (item.kind === 'json') return jsonIn(item.text);
  const data = String(item.fields['data']);
  const whole: Reading = { value: item.fields, digits: none };
  return schemasOf(document, schema).some((pointer) => declaresProperty(document, pointer, ['data']))
    ? [whole, ...jsonIn(data)]
    : jsonIn(data);
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
function schemasOf(document: OasDocument, schema: string): readonly string[] {
  const target = follow(document.root, schema);
  return target !== undefined && member(target.value, 'items') !== undefined
    ? [below(target.pointer, 'items'), schema]
    : [schema];
}
