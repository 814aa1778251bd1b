import { expect, test } from 'vitest';
import { provoke } from '../../../testing/provoke-state.ts';
import { type Fault, openStaging } from '../../../testing/servers/staging.ts';

/** Doubles that are not to be trusted. The neighbour must survive all of them. */
const faults: readonly (readonly [string, Fault])[] = [
  [
    "a new backup is answered with the neighbour's id",
    {
      after: ({ method, path, body }, { backup }) => (isCreation(method, path) ? renumbered(body, backup) : undefined),
    },
  ],
  [
    "a new backup is answered with the neighbour's id, which is then described as ours",
    {
      after: ({ method, path, body, status }, { backup }) => {
        if (isCreation(method, path)) return renumbered(body, backup);
        return path === `/backups/${backup}` && status === 200 && method === 'GET'
          ? { body: body.replace('"nightly"', '"pcc"') }
          : undefined;
      },
    },
  ],
  [
    "every list gives all backups the neighbour's id",
    {
      after: ({ method, path, body }, { backup }) =>
        method === 'GET' && /backups(\?|$)/.test(path) ? renumbered(body, backup) : undefined,
    },
  ],
  ["every answer gives every backup the neighbour's id", { after: ({ body }, { backup }) => renumbered(body, backup) }],
  ['everything is answered 202', { before: () => ({ status: 202 }) }],
  ['everything is answered 202, and done all the same', { after: () => ({ status: 202, body: '' }) }],
  [
    'everything is redirected to the neighbour',
    {
      before: (_, __, { backup }) => ({ status: 307, headers: { location: `/backups/${backup}` } }),
    },
  ],
  [
    'deletions are redirected to the neighbour',
    {
      before: (method, _, { index }) =>
        method === 'DELETE' ? { status: 308, headers: { location: `/indexes/${index}` } } : undefined,
    },
  ],
  [
    'ids are paths',
    {
      after: ({ body }, { index }) => ({
        body: body.replaceAll(/"backup_id":"[^"]*"/g, `"backup_id":"../indexes/${index}"`),
      }),
    },
  ],
  [
    "a new index is answered with the neighbour's name",
    {
      after: ({ method, path, body }, { index }) =>
        method === 'POST' && path === '/indexes'
          ? { body: body.replace(/"name":"[^"]*"/, `"name":"${index}"`) }
          : undefined,
    },
  ],
  ['every answer is lost', { after: ({ method }) => (method === 'GET' ? undefined : { status: 503 }) }],
];

function isCreation(method: string, path: string): boolean {
  return method === 'POST' && path.endsWith('/backups');
}

function renumbered(body: string, id: string): { readonly body: string } {
  return { body: body.replaceAll(/"backup_id":"[^"]*"/g, `"backup_id":"${id}"`) };
}

test.for(faults)('the neighbour survives: %s', { timeout: 240_000 }, async ([, fault]) => {
  const staging = await openStaging({}, fault);
  const target = await staging.open({ patience: { cleaningMs: 400, firstPauseMs: 2, readyMs: 400 } });
  await Promise.allSettled([
    provoke(target, 'a backup that can be deleted', 'one'),
    provoke(target, 'a backup with a pending restore job', 'two'),
    provoke(target, 'no such backup', 'three'),
  ]);
  await target.close();
  expect(await staging.hasNeighbour()).toBe(true);
  const touched = staging.seen.filter(
    (line) =>
      /^(DELETE|POST|PATCH)/.test(line) && (line.includes('/movies') || line.includes(staging.neighbour.backup)),
  );
  expect(touched).toEqual([]);
});
