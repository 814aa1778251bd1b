import type { Subject } from '../model.ts';
import { echoes } from './asked.ts';
import { bodyOf } from './body.ts';

/** A piece of text that the server sent, and where it stood. */
export interface SentText {
  readonly where: string;
  readonly text: string;
}

/** All text of an answer: reason, headers, body; of a JSON body the strings in it, unescaped. */
export function textsOf({ exchange }: Subject): readonly SentText[] {
  const { response } = exchange;
  if (response === undefined) return [];
  const body = bodyOf(response);
  const text = body.kind === 'json' ? stringsIn(body.value).join('\n') : Buffer.from(response.body).toString('utf8');
  return [
    { where: 'status', text: response.reason },
    ...response.headers.map(([name, value]) => ({ where: `header ${name.toLowerCase()}`, text: value })),
    { where: 'body', text },
  ];
}

/** The same without what only repeats the request: an id that looks like a fault is not one. */
export function ownTextsOf(subject: Subject): readonly SentText[] {
  const repeated = echoes(subject);
  return textsOf(subject).map(({ where, text }) => ({
    where,
    text: repeated.reduce((rest, echo) => rest.replaceAll(echo, ' '), text),
  }));
}

function stringsIn(value: unknown): readonly string[] {
  const found: string[] = [];
  const open = [value];
  for (let size = open.length; size > 0; size = open.length) {
    const next = open.pop();
    if (typeof next === 'string') found.push(next);
    else if (Array.isArray(next)) open.push(...(next as unknown[]).slice(0, 10_000));
    else if (typeof next === 'object' && next !== null) {
      for (const [name, inner] of Object.entries(next)) {
        found.push(name);
        open.push(inner);
      }
    }
  }
  return found;
}
