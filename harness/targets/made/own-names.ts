import type { Exchange } from '../../model/exchange.ts';
import { bearsMark } from './bears.ts';
import { filledPath } from './filled-path.ts';
import { type Call, itemName } from './item-reader.ts';

type Values = Readonly<Record<string, string>>;

/** By which names this run knows what it has made, where others use the host. */
interface OwnNames {
  /** What is shown to be of this run, by the call that is about it. */
  add(item: Call, values: Values): void;
  /** What the last parameter of a path names, where it is nothing of this run; undefined where it is. `marks`: what only this run sent. */
  foreignIn(call: Call, values: Values, marks: readonly string[]): string | undefined;
}

export function ownNames(): OwnNames {
  const names = new Set<string>();
  return {
    add(item, values) {
      const name = values[itemName(item) ?? ''];
      if (name !== undefined && name !== '') names.add(name);
    },
    foreignIn({ operation, request }, values, marks) {
      const place = operation.path.split('/').findLastIndex((segment) => segment.includes('{'));
      if (place === -1) return undefined;
      const template = operation.path.split('/')[place] ?? '';
      const named = decoded(filledPath(request.path, values).split('/')[place] ?? '');
      const isWhole = /^\{[^{}]*\}$/.test(template);
      const isOwn = [...names].some((name) => (isWhole ? named === name : named.includes(name)));
      return isOwn || marks.some((mark) => named.includes(mark)) ? undefined : named;
    },
  };
}

/** Whether what was read is shown to be of this run: by the name that the request gave, or by what its body shows. */
export function showsOwn(
  call: Call,
  exchange: Exchange,
  known: { names: OwnNames; values: Values; marks: readonly string[] },
): boolean {
  if (!call.operation.path.includes('{')) return false;
  const named = known.names.foreignIn(call, known.values, known.marks);
  const body = exchange.response === undefined ? '' : Buffer.from(exchange.response.body).toString('utf8');
  return named === undefined || bearsMark(body, { id: named, marks: known.marks });
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
