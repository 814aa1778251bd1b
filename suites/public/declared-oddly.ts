import { head } from '../../harness/testing/documents/document-folder.ts';
import type { oddDocuments } from './odd-documents.ts';

const json = (schema: string): string => `content: { application/json: { schema: ${schema} } }`;

/** What large public documents have done besides, several of one sort each. */
export const declaredOddly: typeof oddDocuments = {
  'secrets, addresses and classes of a server in its examples': {
    text: `${head('3.1.0')}
paths:
  /login:
    post:
      requestBody: { content: { application/json: { schema: { type: object, required: [user], properties: { user: { type: string } } } } } }
      responses:
        '200': { description: shown, content: { application/json: { schema: { type: object, properties: { clients: { type: array, items: {} } } }, example: { clients: [{ client_secret: o0Ie0Ph4 }] } } } }
        '401': { description: wrong, content: { application/json: { schema: { type: object }, example: { token: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N } } } }
        '400': { description: broken, content: { application/json: { schema: { type: object, properties: { details: { type: string } } }, example: { details: java.lang.IllegalArgumentException } } } }
  /routes: { post: { requestBody: { content: { application/json: { schema: { type: object, required: [to], properties: { to: { type: string } } } } } }, responses: { '200': { description: one }, '400': { description: broken, content: { application/json: { schema: { type: object, properties: { details: { type: string, example: java.lang.IllegalArgumentException }, token: { type: string, example: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N } } } } } } } } }
  /operation: { get: { responses: { '200': { description: a long one, content: { application/json: { schema: { type: object, properties: { done: { type: boolean }, error: { type: object, properties: { message: { type: string } } } } } } } } } } }
  /secret: { get: { responses: { '200': { description: one, content: { text/plain: { schema: { type: object }, example: { client_secret: o0Ie0Ph4 } } } } } } }
  /terminal: { get: { responses: { '200': { description: one, content: { application/json: { schema: { type: object, properties: { address: { type: string } } }, example: { address: 192.168.2.12 } } } } } } }
  /token: { get: { responses: { '200': { description: one, content: { text/plain: { schema: { type: string }, example: '{"client_secret":"o0Ie0Ph4"}' } } } } } }
`,
  },
  'errors without an example, and a default beside a 500 of listed values': {
    text: `${head()}
paths:
  /songs:
    get:
      responses:
        '200': { description: all, ${json('{ type: array, items: { type: string } }')} }
        '429': { description: too many, ${json('{ $ref: "#/components/schemas/Failure" }')} }
        '500': { description: broken, ${json('{ type: object, required: [title], properties: { title: { type: string, enum: [Broken] } } }')} }
        default: { description: another, ${json('{ type: object, required: [title], properties: { title: { type: string } } }')} }
components:
  schemas:
    Failure:
      type: object
      required: [error]
      properties: { error: { type: object, required: [message, status], properties: { message: { type: string }, status: { type: integer } } } }
`,
  },
  'values of JSON as plain text, and keys that are no media types': {
    text: `${head()}
paths:
  /divisions:
    get:
      parameters: [{ name: skip, in: query, schema: { type: integer } }]
      responses:
        '200': { description: all, content: { text/plain: { schema: { type: array, items: { $ref: '#/components/schemas/Division' } } }, application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Division' } } } } }
        '400': { description: wrong, content: { text/plain: { schema: { type: object, required: [extensions], properties: { extensions: { type: object } } } } } }
  /total: { get: { responses: { '200': { description: how many, content: { text/plain: { schema: { type: integer } } } } } } }
  /messages:
    post:
      requestBody: { content: { application/json: { schema: { type: object, required: [to], properties: { to: { type: string } } } } } }
      responses: { '200': { description: sent, content: { etat: { schema: { type: object }, example: { etat: [1] } }, application/json: { schema: { type: object, properties: { etat: { type: array, items: { type: integer } } } } } } } }
  /states: { get: { responses: { '200': { description: all, content: { etat: { schema: { type: object, properties: { etat: { type: integer } } } } } } } } }
components: { schemas: { Division: { type: object, required: [id], properties: { id: { type: integer } } } } }
`,
  },
  'what no request can be wrong with': {
    text: `${head()}
paths:
  /trades:
    get:
      requestBody: { content: { application/json: { schema: { type: string } } } }
      responses: { '200': { description: all }, '400': { description: wrong }, '415': { description: no }, '422': { description: wrong } }
  /messages/{id}: { get: { parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { '200': { description: one }, '404': { description: none }, '415': { description: no } } } }
  /report.{format}: { get: { parameters: [{ name: format, in: path, required: true, schema: { type: string, enum: [json] } }], responses: { '200': { description: one }, '400': { description: wrong }, '404': { description: none } } } }
  /folders/{folder}/{scope}:
    parameters:
      - { name: folder, in: path, required: true, schema: { type: string } }
      - { name: scope, in: path, required: true, schema: { type: string, enum: [global, enterprise] } }
    get: { responses: { '200': { description: one }, '400': { description: wrong }, '404': { description: none } } }
  /boxes/{box}: { get: { parameters: [{ name: box, in: path, required: true, schema: { type: string } }], responses: { '200': { description: one }, '404': { description: none } } } }
  /boxes/{box}/{scope}:
    parameters:
      - { name: box, in: path, required: true, schema: { type: string } }
      - { name: scope, in: path, required: true, schema: { type: string, enum: [global, enterprise] } }
    get: { responses: { '200': { description: one }, '400': { description: wrong }, '404': { description: none } } }
  /hotels:
    get:
      parameters: [{ name: name, in: query, schema: { type: object, properties: { eq: { type: string } } } }]
      responses: { '200': { description: all, ${json('{ type: array, items: { type: string } }')} }, '400': { description: wrong } }
  /groups/{id}:
    put:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      requestBody: { content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } } }
      responses: { '200': { description: kept, ${json('{ type: object, properties: { id: { type: string }, name: { type: string } } }')} }, default: { description: wrong } }
  /links/{id}#share:
    put:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      requestBody: { content: { application/json: { schema: { type: object, required: [link], properties: { link: { type: string } } } } } }
      responses: { '200': { description: shared }, '400': { description: wrong }, '404': { description: none } }
  /files:
    post:
      parameters: [{ name: Content-Length, in: header, schema: { type: integer } }]
      requestBody: { content: { application/octet-stream: { schema: { type: string, format: binary } } } }
      responses: { '200': { description: taken }, '400': { description: wrong } }
  /buckets/{id}: { get: { parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { '200': { description: one }, default: { description: none } } } }
  /buckets/{bucket_id}/parts: { get: { parameters: [{ name: bucket_id, in: path, required: true, schema: { type: string } }], responses: { '200': { description: all }, default: { description: none } } } }
  /order/{order_id}: { get: { parameters: [{ name: order_id, in: path, required: true, schema: { type: string } }], responses: { '200': { description: one } } } }
  /order: { get: { responses: { '200': { description: all } } } }
  /order/confirm: { post: { responses: { '200': { description: done, content: { application/json: { schema: { type: object, properties: { order_id: { type: string } } }, example: { order_id: a-1 } } } } } } }
`,
  },
  'two security schemes in one header': {
    text: `${head()}
security: [{ user: [], application: [] }]
paths:
  /assets: { get: { responses: { '200': { description: all }, '401': { description: no } } } }
components:
  securitySchemes:
    user: { type: oauth2, flows: { implicit: { authorizationUrl: 'https://example.com/user', scopes: {} } } }
    application: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://example.com/application', scopes: {} } } }
`,
  },
  'resources that are made in one form and shown in another': {
    text: `${head()}
paths:
  /templates:
    post:
      requestBody: { content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string } } } } } }
      responses: { '201': { description: made, ${json('{ $ref: "#/components/schemas/Shown" }')} } }
  /templates/{id}: { get: { parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { '200': { description: one, ${json('{ $ref: "#/components/schemas/Shown" }')} }, '404': { description: none } } } }
  /invoices:
    post:
      requestBody: { content: { application/json: { schema: { type: object, required: [rate], properties: { rate: { type: string } } } } } }
      responses: { '201': { description: made, ${json('{ $ref: "#/components/schemas/Invoice" }')} } }
  /invoices/{id}: { get: { parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { '200': { description: one, ${json('{ $ref: "#/components/schemas/Invoice" }')} }, '404': { description: none } } } }
  /assignments:
    post:
      requestBody: { content: { application/json: { schema: { type: object, required: [policy, user], properties: { policy: { $ref: '#/components/schemas/Named' }, user: { $ref: '#/components/schemas/Named' } } } } } }
      responses: { '200': { description: made, ${json('{ $ref: "#/components/schemas/Assignment" }')} } }
  /assignments/{assignment_id}: { get: { parameters: [{ name: assignment_id, in: path, required: true, schema: { type: string } }], responses: { '200': { description: one, ${json('{ $ref: "#/components/schemas/Assignment" }')} }, '404': { description: none } } } }
  /orders:
    post:
      requestBody: { content: { application/json: { schema: { type: array, items: { type: object, properties: { number: { type: integer } } } } } } }
      responses: { '200': { description: made, ${json('{ type: array, items: { type: object, required: [number], properties: { number: { type: integer } } } }')} }, '400': { description: wrong } }
  /orders/{number}: { get: { parameters: [{ name: number, in: path, required: true, schema: { type: string } }], responses: { '200': { description: one, ${json('{ type: array, items: { type: object, required: [number], properties: { number: { type: integer } } } }')} }, '400': { description: wrong } } } }
components:
  schemas:
    Shown: { type: object, required: [results], properties: { results: { type: object, required: [id, name], properties: { id: { type: string }, name: { type: string } } } } }
    Invoice: { type: object, required: [id, rate], properties: { id: { type: string }, rate: { type: number } } }
    Named: { type: object, required: [id], properties: { id: { type: string, example: '17' }, login: { type: string } } }
    Assignment: { type: object, properties: { policy: { $ref: '#/components/schemas/Named' }, user: { allOf: [{ $ref: '#/components/schemas/Named' }, { type: object, required: [kind], properties: { kind: { type: string } } }] } } }
`,
  },
};
