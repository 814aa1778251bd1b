// What a user of Pact writes by hand: one interaction for each declared response. It makes the pact file.
import { test } from 'node:test';
import { MatchersV3, PactV3 } from '@pact-foundation/pact';

const pact = new PactV3({ consumer: 'backups-client', provider: 'backups', dir: process.env.PACTS, logLevel: 'warn' });
const key = process.env.API_KEY;

const declared = [
  { status: 202, state: 'a backup that can be deleted', id: 'ready-1' },
  { status: 401, state: 'a backup that can be deleted', id: 'ready-2', key: 'wrong', code: 'UNAUTHENTICATED' },
  { status: 404, state: 'no such backup', id: 'nothing-1', code: 'NOT_FOUND' },
  { status: 412, state: 'a backup with a pending restore job', id: 'pending-1', code: 'FAILED_PRECONDITION' },
  { status: 500, state: 'a server fault', id: 'boom-1', code: 'UNKNOWN' },
];

for (const { status, state, id, key: shown = key, code } of declared) {
  test(`${status}: ${state}`, () => {
    const request = { method: 'DELETE', path: `/backups/${id}`, headers: { 'Api-Key': shown } };
    const body = { status, error: { code, message: MatchersV3.string('any text') } };
    const refused = { status, headers: { 'Content-Type': 'application/json' }, body };
    pact
      .given(state)
      .uponReceiving(`a deletion that is answered ${status}`)
      .withRequest(request)
      .willRespondWith(code === undefined ? { status } : refused);
    return pact.executeTest(async ({ url }) => {
      const response = await fetch(`${url}${request.path}`, request);
      if (response.status !== status) throw new Error(`the status is ${response.status}`);
    });
  });
}
