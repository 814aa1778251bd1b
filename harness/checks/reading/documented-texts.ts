import type { Json, MediaType } from '../../model/document.ts';
import type { Subject } from '../../model/target.ts';
import { matchedResponse } from './response.ts';

/** A string in a body, with the name of its property; of an item of a list that of the list. */
interface NamedText {
  readonly name: string;
  readonly text: string;
}

const known = new WeakMap<MediaType, readonly NamedText[]>();

/** The strings in the examples that the document gives of a response: it says itself that such are sent. */
export function documentedTexts(subject: Subject): readonly NamedText[] {
  const media = matchedResponse(subject)?.media;
  if (media === undefined) return [];
  const before = known.get(media);
  if (before !== undefined) return before;
  const found = media.examples.flatMap(({ origin, value }) => (origin === 'document' ? textsIn(value, '') : []));
  known.set(media, found);
  return found;
}

function textsIn(value: Json, name: string): readonly NamedText[] {
  if (typeof value === 'string') return [{ name, text: value }];
  if (Array.isArray(value)) return value.flatMap((item: Json) => textsIn(item, name));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Readonly<Record<string, Json>>).flatMap(([key, item]) => textsIn(item, key));
}
