import type { HeaderPair } from '../../model/exchange.ts';

export const versionHeader = 'X-Pinecone-Api-Version';
export const keyHeader = 'Api-Key';

/** Every value of a header, in order, whatever the letter case of its name. */
export function valuesOf(headers: readonly HeaderPair[], name: string): readonly string[] {
  return headers.filter(([one]) => one.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}
