import { createParser } from 'eventsource-parser';
import type { Item, ItemReader } from './item.ts';

/**
 * Reads an event stream as the HTML standard does: an event is whole when the empty line after it has come, and one
 * without `data` is none. The library reads the fields; it is given line by line, for `retry` is of the event whose lines
 * it stands among.
 */
export function eventReader(): ItemReader {
  const whole: Item[] = [];
  let retry: number | undefined;
  let understood = 0;
  let unknown = 0;
  const parser = createParser({
    onEvent({ data, event, id }) {
      const fields = { data, ...(event === undefined ? {} : { event }), ...(id === undefined ? {} : { id }) };
      whole.push({ kind: 'event', fields: retry === undefined ? fields : { ...fields, retry } });
    },
    onRetry: (ms) => (retry = ms),
    onError: ({ type }) => (unknown += type === 'unknown-field' ? 1 : 0),
  });

  function readLine(line: string): void {
    const before = unknown;
    parser.feed(`${line}\n`);
    if (line === '') retry = undefined;
    else if (unknown === before) understood += 1;
  }

  let open = '';
  let begun = false;
  let afterReturn = false;
  return {
    whole,
    push(text) {
      if (text === '') return;
      let from = !begun && text.startsWith('\ufeff') ? 1 : 0;
      if (afterReturn && text[0] === '\n') from = 1;
      begun = true;
      afterReturn = text.endsWith('\r');
      const [first = '', ...others] = text.slice(from).split(/\r\n|\n|\r/);
      open += first;
      for (const line of others) {
        readLine(open);
        open = line;
      }
    },
    end() {
      const before = whole.length;
      if (open !== '') readLine(open);
      open = '';
      readLine('');
      return whole.length > before ? whole.pop() : undefined;
    },
    get meaningless() {
      return unknown > 0 && understood === 0;
    },
  };
}
