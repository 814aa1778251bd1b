import type { MediaType } from '../../../model/document.ts';
import { parseMediaType, satisfies, specificity } from '../../../openapi/media-type.ts';

/** RFC 9110, section 12.5.1: the declared media type that the client prefers; undefined where it accepts none of them. */
export function acceptable(declared: readonly MediaType[], accept: string | undefined): MediaType | undefined {
  // A key that is no media type cannot label a body: it is sent where there is nothing else.
  const [first] = [...declared.filter(({ type }) => parseMediaType(type) !== undefined), ...declared];
  if (accept === undefined || accept.trim() === '' || first === undefined) return first;
  const ranges = accept
    .split(',')
    .map((text) => ({ range: text.replace(/;\s*q=.*$/i, '').trim(), weight: weightOf(text) }));
  const weighed = declared.map((media) => ({ media, weight: weightFor(media.type, ranges) }));
  const best = Math.max(...weighed.map(({ weight }) => weight));
  return best > 0 ? weighed.find(({ weight }) => weight === best)?.media : undefined;
}

function weightOf(text: string): number {
  const written = /;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)/i.exec(text)?.[1];
  return written === undefined ? 1 : Math.min(Number(written), 1);
}

/** The most specific range that a media type falls under counts. A declared range falls under any range that meets it. */
function weightFor(declared: string, ranges: readonly { readonly range: string; readonly weight: number }[]): number {
  const given = parseMediaType(declared);
  if (given === undefined) return 0;
  const plain = { ...given, parameters: new Map([...given.parameters].filter(([name]) => name !== 'charset')) };
  const covering = ranges
    .filter(({ range }) => {
      const other = parseMediaType(range);
      return satisfies(plain, range) || (other !== undefined && satisfies(other, declared));
    })
    .sort((a, b) => specificity(b.range) - specificity(a.range));
  return covering[0]?.weight ?? 0;
}
