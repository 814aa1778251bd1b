import type { Json, JsonObject } from '../../model/document.ts';

const fallback = 10;
const most = 100;

/**
 * One page of a list, in which `shown` says what an item looks like. The document declares no 400 for lists, so an odd `limit` is brought into its range and an
 * unknown token leads to an empty page, which ends any loop over pages.
 */
export function pageOf<T>(items: readonly T[], query: string, shown: (item: T) => Json): JsonObject {
  const asked = new URLSearchParams(query);
  const limit = limitOf(asked.get('limit'));
  const start = startOf(asked.get('paginationToken'), items.length);
  const end = start + limit;
  const data = items.slice(start, end).map(shown);
  return end < items.length ? { data, pagination: { next: tokenOf(end) } } : { data };
}

function limitOf(text: string | null): number {
  if (text === null || !/^\d{1,6}$/.test(text)) return fallback;
  return Math.min(Math.max(Number(text), 1), most);
}

function startOf(token: string | null, past: number): number {
  if (token === null || token === '') return 0;
  const match = /^from:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString('latin1'));
  return match === null ? past : Number(match[1]);
}

function tokenOf(start: number): string {
  return Buffer.from(`from:${start}`, 'latin1').toString('base64url');
}
