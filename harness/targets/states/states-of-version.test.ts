import { expect, it } from 'vitest';
import { statesOfVersion } from './states-of-version.ts';

const states = {
  ready: { backup_id: 'ready-{n}' },
  pending: { api: '<2026-07', backup_id: 'pending-1' },
  mixed: [{ api: '>=2026-07', id: 'new' }, { api: '<2026-07', id: 'old' }, { id: 'any' }],
  named: { api: 'an-api-of-ours' },
};

it('keeps the sets of an API version, without their limits', () => {
  expect(statesOfVersion(states, '2026-07')).toEqual({
    ready: [{ backup_id: 'ready-{n}' }],
    mixed: [{ id: 'new' }, { id: 'any' }],
    named: [{ api: 'an-api-of-ours' }],
  });
  expect(statesOfVersion(states, '2026-04')).toMatchObject({
    pending: [{ backup_id: 'pending-1' }],
    mixed: [{ id: 'old' }, { id: 'any' }],
  });
});

it('keeps all sets where the document has a version that is none of the API', () => {
  expect(Object.keys(statesOfVersion(states, '1.0.0'))).toEqual(['ready', 'pending', 'mixed', 'named']);
});
