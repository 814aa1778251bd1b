import { expect, test } from 'vitest';
import type { Credential } from '../model/document.ts';
import { credentialVariables } from './credential-variables.ts';

const key: Credential = { scheme: 'Key', type: 'apiKey', in: 'header', name: 'Api-Key' };
const app: Credential = { scheme: 'app-id', type: 'apiKey', in: 'query', name: 'app' };
const operation = { security: [[app, key]] };
const [appVariable, ownVariable] = ['PINECONE_CONTRACT_CREDENTIAL_APP_ID', 'PINECONE_CONTRACT_CREDENTIAL_KEY'];

test.for([
  ['the key has its usual variable', 'valid', { security: [[key, app]] }, {}, ['PINECONE_API_KEY', appVariable]],
  ['the variable of its scheme comes before', 'valid', { security: [[key]] }, { [ownVariable]: 'k' }, [ownVariable]],
  ['the key without the permission', 'forbidden', { security: [[key]] }, {}, ['PINECONE_API_KEY_FORBIDDEN']],
  ['the main one is first, wherever it is declared', 'valid', operation, {}, ['PINECONE_API_KEY', ownVariable]],
  ['an anonymous operation has none', 'valid', { security: [] }, {}, []],
] as const)('%s', ([, which, { security }, environment, variables]) => {
  const found = credentialVariables({ security }, which, environment);
  expect(found.map(({ variable }) => variable)).toEqual(variables);
});
