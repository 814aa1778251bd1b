import type { Json, MediaType } from '../../model/document.ts';
import type { Subject } from '../../model/target.ts';
import { matchedResponse } from './response.ts';

/** A string in a body, with the name of its property; of an item of a list that of the list. */
interface NamedText {
  readonly name: string;
  readonly text: string;
  /** Whether it stands in an example of the response itself, not in one of a property. */
  readonly ofResponse: boolean;
}

const known = new WeakMap<MediaType, readonly NamedText[]>();

/**
 * The strings in the examples that the document gives of a response or of its properties: it says itself that such are sent. An
 * example that is no string counts as a whole, too, as the text that it is in JSON.
 */
export function documentedTexts(subject: Subject): readonly NamedText[] {
  const media = matchedResponse(subject)?.media;
  if (media === undefined) return [];
  const before = known.get(media);
  if (before !== undefined) return before;
  const found = media.examples.flatMap(({ origin, value }) => {
    const whole = typeof value === 'string' ? [] : [{ name: '', text: JSON.stringify(value) }];
    return [...whole, ...textsIn(value, '')].map((each) => ({ ...each, ofResponse: origin === 'document' }));
  });
  known.set(media, found);
  return found;
}

function textsIn(value: Json, name: string): readonly Omit<NamedText, 'ofResponse'>[] {
  if (typeof value === 'string') return [{ name, text: value }];
  if (Array.isArray(value)) return value.flatMap((item: Json) => textsIn(item, name));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Readonly<Record<string, Json>>).flatMap(([key, item]) => textsIn(item, key));
}
