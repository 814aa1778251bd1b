import { HarnessError } from '../../../core/errors.ts';
import { isRecord } from '../../../core/parsed-json.ts';
import { type Api } from './api.ts';
import { itemsAt, textAt, unexpected } from './answers.ts';

/** The code of the error for a list that has no last page. */
export const endlessList = 'E_LIST_ENDLESS';

/** A list of more pages than this, of 100 items each, is taken for one that never ends. */
const mostPages = 500;

/** All items of a list, page by page. Throws `E_LIST_ENDLESS` for a list that has no end. */
export async function allOf(api: Api, path: string): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  const seen = new Set<string>();
  let query = '?limit=100';
  for (;;) {
    const answer = await api.call({ method: 'GET', path: `${path}${query}` });
    if (answer.status !== 200 || !isRecord(answer.body)) throw unexpected(`GET ${path}`, answer, '200 and a list');
    items.push(...itemsAt(answer.body, 'data').filter(isRecord));
    const next = textAt(answer.body, 'pagination', 'next');
    if (next === undefined || next === '') return items;
    if (seen.has(next)) throw endless(path, 'a page names an earlier page as the next one');
    if (seen.size + 1 >= mostPages) throw endless(path, `${mostPages} pages came, and the last one names another`);
    seen.add(next);
    query = `?limit=100&paginationToken=${encodeURIComponent(next)}`;
  }
}

function endless(path: string, why: string): HarnessError {
  return new HarnessError(endlessList, `GET ${path} has no end: ${why}`, {
    kind: 'target',
    hint: 'Read the list by hand: each page must name a further one, and the last one none.',
  });
}
