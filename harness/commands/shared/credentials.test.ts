import { describe, expect, test } from 'vitest';
import { environmentSecrets } from '../../core/credentials.ts';
import { showCredentials } from '../../cases/show-credentials.ts';
import { findOperation } from '../../openapi/operation/operation.ts';
import { preferGiven, unusedAlternatives, usedCredentials } from '../../openapi/operation/security.ts';
import { documentOf, head, refusal } from '../../testing/documents/document-folder.ts';
import { credentialsFor } from './credentials.ts';

const asked = async (security: string) => {
  const document = await documentOf(`${head('3.1.0')}paths:
  /a: { get: { operationId: read, security: ${security}, responses: { '200': { description: x } } } }
components:
  securitySchemes:
    Key: { type: apiKey, in: header, name: X-Key }
    app-id: { type: apiKey, in: header, name: App-Id }
    Login: { type: http, scheme: Basic }
    Token: { type: http, scheme: Bearer }
    Cert: { type: mutualTLS }
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

  test.for([
    ['[{ Cert: [] }, { Key: [] }]', ['Key']],
    ['[{ Key: [], Cert: [] }, { Token: [] }]', ['Token']],
    ['[{ Cert: [] }, {}]', []],
  ] as const)(
    'of %s the alternative without a client certificate is used, and that is said',
    async ([security, want]) => {
      const operation = await asked(security);
      const environment = { PINECONE_API_KEY: 'k-1', PINECONE_CONTRACT_CREDENTIAL_TOKEN: 't-1' };
      expect(usedCredentials(operation).map(({ scheme }) => scheme)).toEqual(want);
      expect(Object.keys(credentialsFor(operation, environment))).toEqual(want);
      expect(unusedAlternatives(operation).join()).toContain('Cert is not tested: it takes a client certificate');
    },
  );

  test.for(['[{ Cert: [] }]', '[{ Cert: [], Key: [] }]'])(
    '%s cannot be used, and the reason is said',
    async (security) => {
      const operation = await asked(security);
      const refused = await refusal(() => Promise.resolve(credentialsFor(operation, { PINECONE_API_KEY: 'k-1' })));
      expect(refused).toContain('Cert (mutualTLS), which cannot be sent, and the document offers no alternative');
      expect(unusedAlternatives(operation)).toEqual([]);
    },
  );

  test('all are masked, of a pair the password, too', () => {
    const environment = { PINECONE_API_KEY: 'k-1', [app]: 'a-1', [login]: 'me:secret-word', OTHER: 'x' };
    expect(environmentSecrets(environment)).toEqual(['k-1', 'a-1', 'me:secret-word', 'secret-word']);
  });
});
