// The provider's side: replays the pact file against the server. The ids of the pact are in these states already.
import { Verifier } from '@pact-foundation/pact';

const nothing = () => Promise.resolve();
await new Verifier({
  provider: 'backups',
  providerBaseUrl: process.env.ORIGIN,
  pactUrls: [`${process.env.PACTS}/backups-client-backups.json`],
  stateHandlers: {
    'a backup that can be deleted': nothing,
    'no such backup': nothing,
    'a backup with a pending restore job': nothing,
    'a server fault': nothing,
  },
  logLevel: 'error',
}).verifyProvider();
