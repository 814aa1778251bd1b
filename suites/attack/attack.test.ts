import { describe, expect, it } from 'vitest';
import { replay } from './attack.ts';
import { commandAttacks } from './commands.ts';
import { documentAttacks } from './documents.ts';
import { environmentAttacks } from './environments.ts';
import { fileAttacks } from './files.ts';
import { serverAttacks } from './servers.ts';

/** `npm run attack` replays all; elsewhere it is one in eight of each kind. */
const all = process.env['PINECONE_CONTRACT_ATTACKS'] === 'all';
const kinds = {
  documents: documentAttacks,
  servers: serverAttacks,
  environments: environmentAttacks,
  files: fileAttacks,
  commands: commandAttacks,
};

it('there are at least 200, each with a name of its own', () => {
  const names = Object.values(kinds).flatMap((attacks) => attacks.map(({ name }) => name));
  expect(names.length).toBeGreaterThanOrEqual(200);
  expect(new Set(names).size).toBe(names.length);
});

describe.for(Object.entries(kinds))('%s', ([, attacks]) => {
  const chosen = all ? attacks : attacks.filter((_, index) => index % 8 === 0);

  it.for(chosen)('$name', { timeout: 240_000 }, async (attack) => {
    expect(await replay(attack)).toEqual([]);
  });
});
