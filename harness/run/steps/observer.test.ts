import { expect, it } from 'vitest';
import { suiteOf } from '../../testing/shop-suite.ts';
import { observeUntilGone, type Observer, observerOf, type Observation } from './observer.ts';
import {
  key,
  observers,
  openShop,
  operation,
  shopTarget,
  suite,
  type Lie,
  type Visit,
} from '../../testing/servers/shop-server.ts';

async function observer(
  through: 'one' | 'list',
  lie?: (visit: Visit) => Lie | undefined,
  own = suite,
): Promise<Observer> {
  const shop = await openShop(lie);
  const target = await shopTarget(shop.origin);
  const found = observerOf({ through, suite: own, operation, target, caseId: 'case', values: {} });
  if (found === undefined) throw new Error('no observer');
  return found;
}

const json = (body: unknown): Lie => ({ status: 200, body });
const shown = ({ state, why }: Observation): string => `${state}: ${why.replace(/http:\/\/127\.0\.0\.1:\d+/, '')}`;

it.for([
  [200, 'present: GET /items/{item_id} answered 200'],
  [204, 'present: GET /items/{item_id} answered 204'],
  [404, 'gone: GET /items/{item_id} answered 404'],
  [410, 'gone: GET /items/{item_id} answered 410'],
  [301, 'unclear: GET /items/{item_id}: answered 301'],
  [401, 'unclear: GET /items/{item_id}: answered 401'],
  [403, 'unclear: GET /items/{item_id}: answered 403'],
] as const)('one: %i is %s', async ([status, want]) => {
  const watcher = await observer('one', () => ({ status }));
  expect(watcher.name).toBe('GET /items/{item_id}');
  expect(shown(await watcher.observe('a/b'))).toBe(want);
});

it('an observation shows the key and the headers of the suite', async () => {
  let seen: Visit | undefined;
  const own = suiteOf({ observers, headers: { 'X-Version': '7' } });
  const watcher = await observer(
    'one',
    (visit) => {
      seen = visit;
      return { status: 200 };
    },
    own,
  );
  await watcher.observe('item-1');
  expect(seen?.headers).toMatchObject({ 'api-key': key, 'x-version': '7' });
});

it.for([
  ['an item', { items: [{ id: 'x' }, { id: 'item-1' }] }, 'present: GET /items lists it'],
  ['a number', { items: [{ id: 7 }, { id: 'item-1' }] }, 'present: GET /items lists it'],
  [
    'nothing of the kind',
    { items: [{ id: 'item-10' }, { name: 'item-1' }, 'item-1', null] },
    'gone: GET /items does not list it',
  ],
  ['an empty list', { items: [] }, 'gone: GET /items does not list it'],
  ['no list', { things: [] }, 'gone: GET /items does not list it'],
  ['no list but an object', { items: { id: 'item-1' } }, 'gone: GET /items does not list it'],
] as const)('list: %s', async ([, body, want]) => {
  const watcher = await observer('list', () => json(body));
  expect(shown(await watcher.observe('item-1'))).toBe(want);
});

it('list: an id that is a number is an id', async () => {
  const watcher = await observer('list', () => json({ items: [{ id: 7 }] }));
  expect((await watcher.observe('7')).state).toBe('present');
});

it.for([
  ['no JSON', { status: 200 }, 'unclear: GET /items: answered 200'],
  ['another status', { status: 403 }, 'unclear: GET /items: answered 403'],
  ['a server fault', { status: 500 }, 'unclear: GET /items: answered 500'],
] as const)('list: %s is unclear', async ([, lie, want]) => {
  expect(shown(await (await observer('list', () => lie)).observe('item-1'))).toBe(want);
});

it.for([
  ['text', ['b', 'c'], '/items?after=c'],
  ['numbers', [2, 3], '/items?after=3'],
  ['text that must be escaped', ['&b', 'c d'], '/items?after=c%20d'],
] as const)('list: pages are followed by %s', async ([, tokens, last]) => {
  const urls: string[] = [];
  const watcher = await observer('list', ({ url }) => {
    const page = urls.push(url);
    return json({ items: [{ id: page === 3 ? 'item-1' : 'other' }], next: tokens[page - 1] });
  });
  expect((await watcher.observe('item-1')).state).toBe('present');
  expect(urls).toHaveLength(3);
  expect(urls.at(-1)).toBe(last);
});

it.for([[null], [''], [false], [{}]] as const)('list: %j is no next page', async ([next]) => {
  const urls: string[] = [];
  const watcher = await observer('list', ({ url }) => {
    urls.push(url);
    return json({ items: [], next });
  });
  expect((await watcher.observe('item-1')).state).toBe('gone');
  expect(urls).toEqual(['/items']);
});

it('list: a page that comes again makes nothing gone', async () => {
  const watcher = await observer('list', () => json({ items: [], next: 'again' }));
  expect(shown(await watcher.observe('item-1'))).toBe('unclear: GET /items has no end: its pages go round in a circle');
});

it('list: pages without end make nothing gone', async () => {
  const watcher = await observer('list', ({ number }) => json({ items: [], next: number }));
  expect(shown(await watcher.observe('item-1'))).toBe('unclear: GET /items has no end: it has more than 500 pages');
});

it('list: a suite without pages reads the first, in a path that has a query', async () => {
  const urls: string[] = [];
  const list = { path: '/items?limit=5', ids: '/a~1b/*', next: { token: '/next', parameter: 'after' } };
  const watcher = await observer(
    'list',
    ({ url }) => {
      urls.push(url);
      return json({ 'a/b': urls.length > 1 ? ['item-1'] : [], next: 'n' });
    },
    suiteOf({ observers: { list } }),
  );
  expect((await watcher.observe('item-1')).state).toBe('present');
  expect(urls).toEqual(['/items?limit=5', '/items?limit=5&after=n']);
  const single = { path: list.path, ids: list.ids };
  const other = await observer('list', () => json({ 'a/b': [], next: 'n' }), suiteOf({ observers: { list: single } }));
  expect((await other.observe('item-1')).state).toBe('gone');
});

it('a suite without observers or without a resource has none', async () => {
  const target = await shopTarget((await openShop()).origin);
  const rest = { operation, target, caseId: 'case', values: {} };
  const blind = suiteOf({ observers: {} });
  expect(observerOf({ ...rest, through: 'one', suite: blind })).toBeUndefined();
  expect(observerOf({ ...rest, through: 'list', suite: blind })).toBeUndefined();
  const nameless = suiteOf({ observers, resource: undefined, roles: {} });
  expect(observerOf({ ...rest, through: 'one', suite: nameless })).toBeUndefined();
});

it('an observation that fails on a live server is repeated', async () => {
  const lies: (Lie | undefined)[] = ['hang up', { status: 503 }, { status: 429 }, undefined];
  const watcher = await observer('one', () => lies.shift());
  expect((await watcher.observe('item-1')).state).toBe('present');
  expect(lies).toEqual([]);
});

it('waits until it is gone, and not longer', async () => {
  const states = ['present', 'unclear', 'present', 'gone', 'present'] as const;
  let count = 0;
  const watcher: Observer = {
    name: 'watcher',
    observe: () => {
      const state = states[count] ?? 'present';
      count += 1;
      return Promise.resolve({
        state,
        why: state,
        exchange: { request: { method: 'GET', url: '', headers: [] }, notes: [], ms: 0 },
      });
    },
  };
  expect((await observeUntilGone(watcher, 'x', { withinMs: 5000 })).state).toBe('gone');
  expect(count).toBe(4);
  expect((await observeUntilGone(watcher, 'x', { withinMs: 0 })).state).toBe('present');
  expect(count).toBe(5);
  const start = performance.now();
  expect((await observeUntilGone(watcher, 'x', { withinMs: 60 })).state).toBe('present');
  expect(performance.now() - start).toBeGreaterThanOrEqual(55);
});

it('an observation over a connection that was closed since the last one is tried again', async () => {
  let visits = 0;
  const watcher = await observer('one', ({ number }) => {
    visits = number + 1;
    return number === 1 ? 'hang up' : undefined;
  });
  expect((await watcher.observe('item-1')).state).toBe('present');
  expect((await watcher.observe('item-1')).state).toBe('present');
  expect(visits).toBe(3);
});

it.for([
  ['no token', {}],
  ['null', { pagination: null }],
  ['a token that is null', { pagination: { next: null } }],
  ['an empty token', { pagination: { next: '' } }],
] as const)('list: the last page has %s', async ([, last]) => {
  const list = { path: '/items', ids: '/items/*/id', next: { token: '/pagination/next', parameter: 'page' } };
  const own = suiteOf({ observers: { ...observers, list } });
  const pages = [
    { items: [{ id: 'a' }], pagination: { next: 'two' } },
    { items: [{ id: 'b' }], ...last },
  ];
  const watcher = await observer('list', ({ url }) => json(pages[url.includes('page=two') ? 1 : 0]), own);
  expect(shown(await watcher.observe('b'))).toBe('present: GET /items lists it');
  expect(shown(await watcher.observe('c'))).toBe('gone: GET /items does not list it');
});

it.for([
  ['401 of plain text', { status: 401, body: 'Invalid API key' }, 'answered 401'],
  ['403', { status: 403, body: { error: { code: 'PERMISSION_DENIED', message: 'No.' }, status: 403 } }, 'answered 403'],
] as const)('list and one: %s shows nothing', async ([, answer, want]) => {
  for (const through of ['list', 'one'] as const) {
    const { state, why } = await (await observer(through, () => answer)).observe('item-1');
    expect([state, why]).toEqual(['unclear', expect.stringContaining(want)]);
  }
});
