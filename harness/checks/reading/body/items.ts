import { isJsonLines } from '../../../openapi/request/body.ts';

/** How the items of a body are told apart. */
export type ItemsFormat = 'json-lines' | 'json-seq' | 'events';

/** Undefined where a body of that media type is one thing. */
export function itemsFormatOf(type: string): ItemsFormat | undefined {
  if (isJsonLines(type)) return 'json-lines';
  if (/^application\/json-seq\b/i.test(type)) return 'json-seq';
  return /^text\/event-stream\b/i.test(type) ? 'events' : undefined;
}

/** One item; of an event, the fields that it has. */
export type Item =
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'event'; readonly fields: Readonly<Record<string, string | number>> };

/** The items of a body in their order. Empty lines separate nothing, and an event that is not ended is none. */
export function itemsIn(format: ItemsFormat, text: string): readonly Item[] {
  switch (format) {
    case 'json-lines':
      return jsonItems(text.split(/\r?\n/));
    case 'json-seq':
      // RFC 7464: each text follows a record separator.
      return jsonItems(text.split('\u001e'));
    case 'events':
      return eventsIn(text);
    default:
      return format satisfies never;
  }
}

function jsonItems(texts: readonly string[]): readonly Item[] {
  return texts.filter((text) => text.trim() !== '').map((text) => ({ kind: 'json', text }));
}

/** As the HTML standard reads an event stream: fields until an empty line, `data` of several lines is one text. */
function eventsIn(text: string): readonly Item[] {
  const events: Item[] = [];
  let fields: Record<string, string | number> = {};
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)) {
    if (line === '') {
      if (fields['data'] !== undefined) events.push({ kind: 'event', fields });
      fields = {};
      continue;
    }
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (name === 'data') fields['data'] = fields['data'] === undefined ? value : `${fields['data']}\n${value}`;
    else if (name === 'event' || name === 'id') fields[name] = value;
    else if (name === 'retry' && /^\d+$/.test(value)) fields['retry'] = Number(value);
  }
  return events;
}
