import { type Api } from './api.ts';
import { isRecord, itemsAt, textAt, unexpected } from './answers.ts';

/** All items of a list, page by page. */
export async function allOf(api: Api, path: string): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  const seen = new Set<string>();
  let query = '?limit=100';
  for (;;) {
    const answer = await api.call({ method: 'GET', path: `${path}${query}` });
    if (answer.status !== 200 || !isRecord(answer.body)) throw unexpected(`GET ${path}`, answer, '200 and a list');
    items.push(...itemsAt(answer.body, 'data').filter(isRecord));
    const next = textAt(answer.body, 'pagination', 'next');
    if (next === undefined || next === '' || seen.has(next)) return items;
    seen.add(next);
    query = `?limit=100&paginationToken=${encodeURIComponent(next)}`;
  }
}
