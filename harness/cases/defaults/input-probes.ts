import type { Case } from '../../model/case.ts';
import type { Operation } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { uniquely } from '../case-id.ts';
import { refusalsOf } from './attempts.ts';
import { needsOf } from './default-case.ts';
import { refusedStep } from './refused-step.ts';
import { wrongRequests } from './negative/wrong-requests.ts';

/** As many wrong requests of an operation are cases of their own. */
const most = 40;

/** One case for each way in which this tool makes a request wrong: it must be refused as the document declares. */
export function inputProbes(operation: Operation, headers: readonly HeaderPair[]): readonly Case[] {
  const refusals = refusalsOf(operation);
  const declared = refusals.kind === 'one-of';
  const expected = declared ? refusals.responses.map(({ key }) => key).join(' or ') : 'a 4xx';
  const unique = uniquely();
  return wrongRequests(operation)
    .slice(0, most)
    .map(({ id, what, draft }): Case => ({
      id: unique(`${operation.id}/probe/input/${id}`),
      kind: 'probe',
      title: `A request ${what} is refused`,
      requirement: `A request ${what} must be answered ${expected}.`,
      // Where the document declares no refusal of wrong requests, it may mean that the server takes them.
      severity: declared ? 'violation' : 'advice',
      operation,
      needs: needsOf(operation, 'invalid', headers),
      steps: [refusedStep(operation, { name: what, draft, expectation: refusals, headers })],
      at: operation.at,
    }));
}
