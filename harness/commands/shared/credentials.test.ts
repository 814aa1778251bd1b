import { describe, expect, test } from 'vitest';
import { environmentSecrets } from '../../core/credentials.ts';
import { showCredentials } from '../../cases/show-credentials.ts';
import { findOperation } from '../../openapi/operation/operation.ts';
import { preferGiven } from '../../openapi/operation/security.ts';
import { documentOf, head, refusal } from '../../testing/document-folder.ts';
import { credentialsFor } from './credentials.ts';

const asked = async (security: string) => {
  const document = await documentOf(`${head()}paths:
  /a: { get: { operationId: read, security: ${security}, responses: { '200': { description: x } } } }
components:
  securitySchemes:
    Key: { type: apiKey, in: header, name: X-Key }
    app-id: { type: apiKey, in: header, name: App-Id }
    Login: { type: http, scheme: Basic }
    Token: { type: http, scheme: Bearer }
    Cert: { type: http, scheme: mutual }
`);
  return findOperation(document, 'read');
};

const app = 'PINECONE_CONTRACT_CREDENTIAL_APP_ID';
const login = 'PINECONE_CONTRACT_CREDENTIAL_LOGIN';

describe('credentials of the environment', () => {
  test('PINECONE_API_KEY is the first key; each other scheme has a variable of its own', async () => {
    const operation = await asked('[{ Token: [], Key: [], app-id: [] }]');
    const token = { PINECONE_CONTRACT_CREDENTIAL_TOKEN: 't-1' };
    expect(credentialsFor(operation, { ...token, PINECONE_API_KEY: 'k-1', [app]: 'a-1' })).toEqual({
      Token: 't-1',
      Key: 'k-1',
      'app-id': 'a-1',
    });
  });

  test('a missing one is named with its variable', async () => {
    const operation = await asked('[{ Key: [], app-id: [] }]');
    const refused = await refusal(() => Promise.resolve(credentialsFor(operation, { PINECONE_API_KEY: 'k-1' })));
    expect(refused).toContain('read needs a credential for the security scheme app-id');
    expect(refused).toContain(app);
  });

  test('basic authentication takes a user and a password', async () => {
    const operation = await asked('[{ Login: [] }]');
    expect(credentialsFor(operation, { [login]: 'me:pass word' })).toEqual({ Login: 'me:pass word' });
    expect(await refusal(() => Promise.resolve(credentialsFor(operation, { [login]: 'me' })))).toContain(
      'USER:PASSWORD',
    );
    expect(showCredentials('valid', { key: 'k', credentials: { Login: 'me:pass' } }, operation)).toEqual({
      headers: [['Authorization', `Basic ${Buffer.from('me:pass').toString('base64')}`]],
      query: [],
    });
  });

  test('an alternative whose credentials are given comes before one whose are not', async () => {
    const operation = await asked('[{ Key: [], app-id: [] }, { Login: [] }]');
    const preferred = preferGiven(operation, ({ scheme }) => scheme === 'Login');
    expect(credentialsFor(preferred, { [login]: 'me:pass' })).toEqual({ Login: 'me:pass' });
  });

  test('all are masked, of a pair the password, too', () => {
    const environment = { PINECONE_API_KEY: 'k-1', [app]: 'a-1', [login]: 'me:secret-word', OTHER: 'x' };
    expect(environmentSecrets(environment)).toEqual(['k-1', 'a-1', 'me:secret-word', 'secret-word']);
  });
});
