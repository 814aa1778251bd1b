import { expect, test } from 'vitest';
import { HarnessError } from '../../core/errors.ts';
import type { StateProvider } from './provider.ts';
import { rememberFailures } from './remember-failures.ts';

/** A provider that fails with the codes in turn, and works where there is none; what it was asked is collected. */
function failing(codes: readonly (`E_${string}` | undefined)[], cost = 0) {
  let clock = 0;
  const asked: string[] = [];
  const provider: StateProvider = {
    name: 'a provider',
    can: () => true,
    arrange(state) {
      const code = codes[asked.length];
      asked.push(state);
      clock += cost;
      if (code !== undefined) return Promise.reject(new HarnessError(code, 'it answers 503', { kind: 'target' }));
      return Promise.resolve({ values: {}, release: () => Promise.resolve() });
    },
    close: () => Promise.resolve([]),
  };
  const states = rememberFailures(provider, () => clock);
  const arrange = async (state: string): Promise<string> => {
    try {
      await states.arrange(state, { consumes: true });
      return 'arranged';
    } catch (error) {
      return error instanceof HarnessError ? `${error.code} ${error.message}` : String(error);
    }
  };
  return { arrange, asked };
}

test('three failures in a row are enough, for that state', async () => {
  const { arrange, asked } = failing(['E_ARRANGE', 'E_ARRANGE', 'E_ARRANGE']);
  for (let time = 0; time < 3; time += 1) expect(await arrange('ready')).toBe('E_ARRANGE it answers 503');
  expect(await arrange('ready')).toBe(
    'E_ARRANGE not tried again, because this failed 3 times in a row: it answers 503',
  );
  expect(await arrange('pending')).toBe('arranged');
  expect(asked).toEqual(['ready', 'ready', 'ready', 'pending']);
});

test('one failure is enough where it took long', async () => {
  const { arrange, asked } = failing(['E_STATE_PROVIDER'], 60_000);
  await arrange('ready');
  expect(await arrange('ready')).toMatch(
    /^E_STATE_PROVIDER not tried again, because this failed once, and that took long/,
  );
  expect(asked).toEqual(['ready']);
});

test('a success in between begins the count anew', async () => {
  const { arrange, asked } = failing(['E_ARRANGE', 'E_ARRANGE', undefined, 'E_ARRANGE', 'E_ARRANGE', undefined]);
  for (let time = 0; time < 6; time += 1) await arrange('ready');
  expect(asked).toHaveLength(6);
});

test('what is about one case is not remembered', async () => {
  const { arrange, asked } = failing(Array.from({ length: 5 }, () => 'E_STATE_EXHAUSTED'));
  for (let time = 0; time < 5; time += 1) await arrange('ready');
  expect(asked).toHaveLength(5);
});
