import type { Operation } from '../../model/document.ts';
import { findOperation } from '../../openapi/operation/operation.ts';
import { describeCheck, key, reply } from '../../testing/describe-check.ts';
import { documentOf } from '../../testing/documents/document-folder.ts';
import { internalHostCheck } from './internal-host.ts';
import { leakedKeyCheck } from './leaked-key.ts';

const document = `openapi: 3.1.0
info: { title: Keys, version: '1' }
servers:
  - url: https://api.internal.corp:8443/v1
  - { url: 'http://{region}.staging.local', variables: { region: { default: eu } } }
paths:
  /keys:
    post:
      operationId: create_key
      responses:
        '201':
          description: A key
          headers: { X-Access-Token: { schema: { type: string } }, X-Note: { schema: { type: string } } }
          content:
            application/json:
              schema:
                type: object
                properties:
                  access_token: { type: string }
                  value: { type: string, description: The value to use as an API key. }
                  name: { type: string, description: The name of the API key. }
                  keys: { type: array, items: { allOf: [{ $ref: '#/components/schemas/Key' }] } }
                  callback: { type: string, format: uri, examples: ['http://10.0.0.5:9000/hook'] }
                  note: { type: string, examples: ['http://10.0.0.7/'] }
        '202':
          description: Made, in XML
          content: { application/xml: { schema: { type: object, properties: { token: { type: string } } } } }
        '400':
          description: Refused
          content: { application/json: { schema: { type: object, properties: { access_token: { type: string }, error: { type: string } } } } }
components:
  schemas:
    Key: { type: object, properties: { clientSecret: { type: string }, id: { type: string } } }
`;

let read: Promise<Operation> | undefined;
function createKey(): Promise<Operation> {
  read ??= documentOf(document).then((each) => findOperation(each, 'create_key'));
  return read;
}

const token = 'sk-proj-0123456789abcdefABCDEF0123';
const pinecone = 'pcsk_ABCDEFGHIJKLMNOP_0123456789';
const post = { operation: createKey, request: { method: 'POST', path: '/keys' } };
const made = (body: object, headers: Readonly<Record<string, string>> = {}) => ({
  ...post,
  promise: '201',
  answer: reply(201, JSON.stringify(body), headers),
});
const inXml = (text: string) => ({
  ...post,
  promise: '202',
  answer: reply(202, text, { 'Content-Type': 'application/xml' }),
});
const refused = (body: object) => ({ ...post, promise: '400', answer: reply(400, JSON.stringify(body)) });
const found = (what: string, where = 'body'): readonly string[] => [`violation in ${where}: the answer holds ${what}`];

describeCheck(leakedKeyCheck, [
  ['accepts a token that is declared', made({ access_token: token }), []],
  ['accepts a created key under the name value', made({ value: pinecone, name: 'mine' }), []],
  ['accepts secrets in a list', made({ keys: [{ id: 'a', clientSecret: 'not-masked-secret' }] }), []],
  ['accepts a token in a header that is declared', made({}, { 'X-Access-Token': `Bearer ${token}` }), []],
  ['finds it in another property', made({ access_token: token, name: token }), found('an access token')],
  ['finds it in a name', made({ name: pinecone }), found('a Pinecone API key')],
  [
    'finds a secret that is not declared',
    made({ access_token: token, client_secret: 'not-masked' }),
    found('a property that names a secret'),
  ],
  ['finds it in another header', made({}, { 'X-Note': `Bearer ${token}` }), found('a bearer token', 'header x-note')],
  ['finds it in an error', refused({ access_token: token }), found('an access token')],
  ['finds it in the words of an error', refused({ error: `for ${pinecone}` }), found('a Pinecone API key')],
  ['accepts a token that is declared in XML', inXml(`<r><token>${token}</token></r>`), []],
  ['finds it in another element', inXml(`<r><token>${token}</token><id>${token}</id></r>`), found('an access token')],
  ['finds the key that was sent', made({ access_token: key }), found('the API key that was sent')],
]);

const host = (name: string): readonly string[] => [
  `violation in body: the answer names ${name}, which is a host of an internal network`,
];

describeCheck(internalHostCheck, [
  ['accepts a server of the document', made({ note: 'see https://api.internal.corp:8443/v1/keys' }), []],
  ['accepts a server with a variable', made({ note: 'http://us-1.staging.local/keys' }), []],
  ['accepts the example of a URI', made({ callback: 'http://10.0.0.5:9000/other' }), []],
  ['finds a neighbour of the server', made({ note: 'https://db.internal.corp:5432' }), host('db.internal.corp:5432')],
  ['finds a neighbour of the example', made({ callback: 'http://10.0.0.6:9000/hook' }), host('10.0.0.6:9000')],
  ['finds what stands in an example of no address', made({ note: 'http://10.0.0.7/' }), host('10.0.0.7')],
]);
