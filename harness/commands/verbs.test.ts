import { expect, test } from 'vitest';
import { verbs } from './verbs.ts';

test.for(Object.entries(verbs))('--help says of %s what the command says of itself', async ([name, verb]) => {
  const command = await verb.load();
  const summary = command.summary() === '' ? command.description() : command.summary();
  expect([name, verb.usage, verb.summary]).toEqual([command.name(), command.usage(), summary]);
});
