import { expect } from 'vitest';
import type { Mistake } from './servers/fastify-server.ts';

/** A server with five mistakes, and what the first screen has to name: one line for each. */
export const fiveMistakes: { readonly mistakes: readonly Mistake[]; readonly causes: readonly string[] } = {
  mistakes: ['any-key', 'own-error-shape', 'wrong-status', 'kept', 'stack-trace'],
  causes: [
    'the error responses have another body than the document declares',
    'a wrong API key is accepted',
    'a deletion is accepted and deletes nothing',
    'the status is 409, not 412',
    'the answer shows the inside of a server in JavaScript',
  ],
};

/** Fails unless the text says that there are five causes, and names each. */
export function expectCauses(text: string): void {
  const words = text.replace(/\s+/g, ' ');
  expect(words).toMatch(/5 causes, \d+ cases/);
  for (const cause of fiveMistakes.causes) expect(words).toContain(cause);
}
