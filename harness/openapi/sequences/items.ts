import { eventReader } from './events.ts';
import type { SequenceFormat } from './format.ts';
import type { Item, ItemReader } from './item.ts';

export function itemReader(format: SequenceFormat): ItemReader {
  switch (format) {
    case 'json-lines':
      return lineReader();
    case 'json-seq':
      return textReader();
    case 'events':
      return eventReader();
    default:
      return format satisfies never;
  }
}

/** The items of a body, and what stands after the last whole one. */
export interface Items {
  readonly whole: readonly Item[];
  readonly rest?: Item;
  readonly meaningless: boolean;
}

export function itemsIn(format: SequenceFormat, text: string): Items {
  const reader = itemReader(format);
  reader.push(text);
  const rest = reader.end();
  return { whole: reader.whole, ...(rest === undefined ? {} : { rest }), meaningless: reader.meaningless };
}

/** A line is whole when its end has come. Empty lines separate nothing. */
function lineReader(): ItemReader {
  const whole: Item[] = [];
  let open = '';
  return {
    whole,
    push(text) {
      const [first = '', ...others] = text.split('\n');
      open += first;
      for (const line of others) {
        const item = jsonItem(open.replace(/\r$/, ''));
        if (item !== undefined) whole.push(item);
        open = line;
      }
    },
    end: () => jsonItem(open),
    meaningless: false,
  };
}

/**
 * RFC 7464: each text follows a record separator and ends in a line feed. A text may hold line feeds, too, so that one is
 * the end only where what stands before it is JSON.
 */
function textReader(): ItemReader {
  const whole: Item[] = [];
  let open = '';
  const take = (): void => {
    const item = jsonItem(open);
    if (item !== undefined) whole.push(item);
    open = '';
  };
  return {
    whole,
    push(text) {
      const [first = '', ...others] = text.split('\u001e');
      open += first;
      for (const next of others) {
        take();
        open = next;
      }
      if (open.endsWith('\n') && isJsonText(open)) take();
    },
    end: () => jsonItem(open),
    meaningless: false,
  };
}

function jsonItem(text: string): Item | undefined {
  return text.trim() === '' ? undefined : { kind: 'json', text };
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
