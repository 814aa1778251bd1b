import { expect, it } from 'vitest';
import type { Case } from '../../model/case.ts';
import { casesOf } from '../cases.ts';
import { operationOf, removeItem, suiteOf } from '../../testing/shop-suite.ts';

const operation = operationOf(removeItem);

const namesOf = (cases: readonly Case[], group = ''): readonly string[] =>
  cases
    .filter((one) => one.kind === 'probe')
    .map((one) => one.id.replace('remove_item/probe/', ''))
    .filter((name) => name.startsWith(group))
    .map((name) => name.slice(group.length));

/** The probes of these that the operation does not get. */
function lacking(cases: readonly Case[]): readonly string[] {
  const has = namesOf(cases);
  return namesOf(casesOf(operation, suiteOf())).filter((name) => !has.includes(name));
}

it('a suite with every role gets probes of every group, in order', () => {
  const groups = namesOf(casesOf(operation, suiteOf())).map((name) => name.split('/')[0]);
  expect([...new Set(groups)]).toEqual(['auth', 'identity', 'effect', 'method', 'path', 'request']);
});

it.for([
  ['no resource', { resource: undefined }, ['auth', 'identity', 'effect', 'method', 'path', 'request']],
  ['no roles', { roles: {} }, ['auth', 'identity', 'effect', 'method', 'path', 'request']],
  ['nothing that is accepted', { roles: { unauthorized: '401', missing: '404', locked: '409' } }, ['method', 'path']],
  ['nobody who is refused', { roles: { accepted: '202', missing: '404', locked: '409' } }, ['auth']],
] as const)('a suite with %s lacks all probes of %j', ([, changes, groups]) => {
  const left = new Set(namesOf(casesOf(operation, suiteOf(changes))).map((name) => name.split('/')[0]));
  expect(['auth', 'identity', 'effect', 'method', 'path', 'request'].filter((group) => !left.has(group))).toEqual(
    groups,
  );
});

it('a suite without a locked state lacks the probes of it alone', () => {
  const roles = { accepted: '202', unauthorized: '401', missing: '404' };
  expect(lacking(casesOf(operation, suiteOf({ roles })))).toEqual([
    'auth/before-precondition',
    'effect/locked-stays',
    'effect/locked-together',
    'request/force',
  ]);
});

it('a suite without a missing state keeps what needs an existing one', () => {
  const roles = { accepted: '202', unauthorized: '401', locked: '409' };
  expect(namesOf(casesOf(operation, suiteOf({ roles })))).toEqual(
    [
      'auth/nothing-happens',
      'auth/still-deletable',
      'auth/before-existence',
      'auth/before-precondition',
      'auth/odd-requests',
      'effect/goes',
      'effect/leaves-the-list',
      'effect/neighbour-can-be-deleted',
      'effect/lasts',
      'effect/locked-stays',
      'effect/locked-together',
      'method/POST',
      'method/PUT',
      'method/PATCH',
      'method/PURGE',
      'method/others',
      'method/HEAD',
      'method/OPTIONS',
      'method/override',
      'method/letter-case',
      'method/still-deletable',
      'path/trailing-slash',
      'path/doubled-slash',
      'path/leading-slashes',
      'path/letter-case',
      'path/more-segments',
      'path/dot-segment',
      'path/collection',
      'path/still-deletable',
      'request/unknown-query',
      'request/unknown-header',
      'request/body',
      'request/named-one-still-deletable',
      'request/force',
    ].sort((a, b) => orderOf(a) - orderOf(b)),
  );
  function orderOf(name: string): number {
    return namesOf(casesOf(operation, suiteOf())).indexOf(name);
  }
});

const ofApiKeys = ['auth/near-keys', 'auth/key-elsewhere', 'auth/instead-of-a-key'];
const ofHeaders = ['auth/header-name-case', 'auth/doubled-key', ...ofApiKeys];

it.for([
  ['asks for no key', { scheme: null }, (name: string) => name.startsWith('auth/')],
  [
    'takes its key in the query',
    { scheme: { type: 'apiKey', in: 'query', name: 'key' } },
    (name: string) => name === 'auth/key-in-query' || ofHeaders.includes(name),
  ],
  [
    'takes its key in a cookie',
    { scheme: { type: 'apiKey', in: 'cookie', name: 'key' } },
    (name: string) => name === 'auth/key-in-cookie' || ofHeaders.includes(name),
  ],
  [
    'takes a bearer token',
    { scheme: { type: 'http', scheme: 'bearer' } },
    (name: string) => name === 'auth/key-as-bearer' || ofApiKeys.includes(name),
  ],
  [
    'has a POST and a PUT beside it',
    { siblings: { post: removeOf('post_item'), put: removeOf('put_item') } },
    (name: string) => ['method/POST', 'method/PUT'].includes(name),
  ],
  ['has a path without letters', { route: 'DELETE /{item_id}' }, (name: string) => name === 'path/letter-case'],
] as const)('an operation that %s lacks the probes that would be wrong there', ([, options, absent]) => {
  const all = namesOf(casesOf(operation, suiteOf()));
  const other = operationOf(removeItem, options);
  expect(lacking(casesOf(other, suiteOf()))).toEqual(all.filter(absent));
});

it('a POST that is declared is not sent in disguise either', () => {
  const other = operationOf(removeItem, { siblings: { post: removeOf('post_item') } });
  const override = casesOf(other, suiteOf()).find((one) => one.id.endsWith('/method/override'));
  expect(override?.steps.map((step) => step.name)).toEqual([
    'GET with override headers',
    'GET with override query',
    'it is still there',
  ]);
});

it('for an operation that takes a body no probe says that it takes none, and each request has one', () => {
  const requestBody = { content: { 'application/json': { schema: { type: 'object' }, example: { why: 'old' } } } };
  const cases = casesOf(operationOf({ ...removeItem, requestBody }), suiteOf());
  expect(lacking(cases)).toEqual([
    'request/body',
    'request/body-on-unknown',
    'request/body-broken',
    'request/body-untyped',
  ]);
  const bodies = cases.flatMap((one) => one.steps.flatMap((step) => (step.kind === 'send' ? [step.request.body] : [])));
  expect(new Set(bodies)).toEqual(new Set(['{"why":"old"}']));
});

it('query parameters that the document requires are in every request', () => {
  const parameters = [{ name: 'zone', in: 'query', required: true, schema: { type: 'string' }, example: 'a' }];
  const cases = casesOf(operationOf({ ...removeItem, parameters }), suiteOf());
  for (const one of cases) {
    for (const step of one.steps) {
      if (step.kind !== 'send') continue;
      expect(step.request.encodedQuery, `${one.id}: ${step.name}`).toContainEqual('zone=a');
    }
  }
});

it('the resource is replaced in the path, not where the path only holds its name', () => {
  const other = operationOf(removeItem, { route: 'DELETE /candidates/{id}' });
  const suite = suiteOf({ resource: 'id' });
  const header = casesOf(other, suite).find((one) => one.id.endsWith('/unknown-header'))?.steps[0];
  expect(header?.kind === 'send' && header.request.headers).toContainEqual([
    'X-Original-URL',
    '/candidates/{neighbour_id}',
  ]);
});

it.for([
  ['2025-04', '2025-10'],
  ['2026-01', '2025-04'],
] as const)('a version header of %s is doubled with %s', ([version, other]) => {
  const cases = casesOf(operation, suiteOf({ headers: { 'X-Api-Version': version, 'X-Else': 'x' } }));
  const headers = ['missing', 'unknown', 'nonsense', 'doubled'].map((name) => {
    const step = cases.find((one) => one.id.endsWith(`/version-${name}`))?.steps[0];
    return step?.kind === 'send' ? step.request.headers : undefined;
  });
  const rest = ['X-Else', 'x'];
  expect(headers).toEqual([
    [rest],
    [rest, ['X-Api-Version', '1999-01']],
    [rest, ['X-Api-Version', `'"<>;--`]],
    [['X-Api-Version', version], rest, ['X-Api-Version', other]],
  ]);
});

it('without a version header there is nothing to leave out', () => {
  expect(namesOf(casesOf(operation, suiteOf())).filter((name) => name.includes('version'))).toEqual([]);
});

it('a group can be switched off, be advice, leave probes out and try more ids', () => {
  const probes = {
    auth: { enabled: false },
    method: { severity: 'advice' },
    path: { without: ['collection', 'letter-case'] },
    identity: { runs: 77 },
  };
  const cases = casesOf(operation, suiteOf({ probes }));
  expect(lacking(cases)).toEqual([
    ...namesOf(casesOf(operation, suiteOf()), 'auth/').map((name) => `auth/${name}`),
    'path/letter-case',
    'path/collection',
  ]);
  const groupOf = ({ id }: Case): string => id.split('/')[2] ?? '';
  const severities = cases.filter((one) => groupOf(one) === 'method').map((one) => one.severity);
  expect(new Set(severities)).toEqual(new Set(['advice']));
  const generated = cases.find((one) => one.id.endsWith('/identity/generated'))?.steps[0];
  expect(generated).toMatchObject({ kind: 'property', runs: 77, generates: 'generated_id' });
});

it('a probe for which the contract leaves room is advice, whatever its group is', () => {
  const advice = casesOf(operation, suiteOf()).filter((one) => one.severity === 'advice');
  expect(namesOf(advice)).toEqual(['method/letter-case', 'path/leading-slashes']);
});

it.for([
  ['a recipe', { recipes: { '418': { state: 'a teapot' } }, roles: {} }, 'E_RECIPE', /a recipe for 418, which remove/],
  ['a role', { roles: { accepted: '204' } }, 'E_SUITE', /gives 204 the role "accepted", but has no recipe for 204/],
  ['a resource', { resource: 'id' }, 'E_SUITE', /names the resource "id", which is not in the path/],
  [
    'a probe',
    { probes: { path: { without: ['collektion'] } } },
    'E_SUITE',
    /leaves out the probe "collektion" of path/,
  ],
] as const)('refuses %s that fits nothing', ([, changes, code, message]) => {
  expect(() => casesOf(operation, suiteOf(changes))).toThrow(expect.objectContaining({ code, exit: 2 }));
  expect(() => casesOf(operation, suiteOf(changes))).toThrow(message);
});

it('says what would fit', () => {
  const hints = [
    { recipes: { '418': { state: 'a teapot' } }, roles: {} },
    { resource: 'id' },
    { probes: { path: { without: ['x'] } } },
  ].map((changes) => {
    try {
      casesOf(operation, suiteOf(changes));
      return undefined;
    } catch (error) {
      return error instanceof Error && 'hint' in error ? error.hint : undefined;
    }
  });
  expect(hints).toEqual([
    expect.stringMatching(/shop\.json declares 202, 401, 404, 409: remove the recipe/),
    'remove_item is DELETE /items/{item_id}; its parameters: item_id.',
    'The probes of path here: trailing-slash, doubled-slash, leading-slashes, letter-case, more-segments, dot-segment, collection, still-deletable.',
  ]);
});

function removeOf(operationId: string): typeof removeItem {
  return { ...removeItem, operationId };
}

it('an operation that only looks changes nothing, so nothing is asked about what it left', () => {
  const looking = operationOf(removeItem, { route: 'GET /items/{item_id}' });
  const names = namesOf(casesOf(looking, suiteOf()));
  expect(names.filter((name) => /^effect\/|^path\/collection$/.test(name))).toEqual([]);
  expect(names).toContain('path/trailing-slash');
});
