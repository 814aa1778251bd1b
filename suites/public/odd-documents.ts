import { head } from '../../harness/testing/documents/document-folder.ts';

/** What public documents have done, one kind each; `said`: what the run must say of it. */
export const oddDocuments: Readonly<Record<string, { readonly text: string; readonly said?: RegExp }>> = {
  'a pattern within anyOf, and the resource within data': {
    text: `${head('3.1.0')}
paths:
  /branches:
    post:
      requestBody: { content: { application/json: { schema: { anyOf: [{ $ref: '#/components/schemas/New' }, { type: string, maxLength: 0 }] } } } }
      responses:
        '201': { description: made, content: { application/json: { schema: { anyOf: [{ $ref: '#/components/schemas/Shown' }, { type: 'null' }] } } } }
        '400': { description: wrong }
  /branches/{branch}:
    parameters: [{ name: branch, in: path, required: true, schema: { type: string, pattern: '^(v?)(stable|[0-9]+(-.*)?)$' } }]
    get:
      responses:
        '200': { description: one, content: { application/json: { schema: { anyOf: [{ $ref: '#/components/schemas/Shown' }, { type: 'null' }] } } } }
        '400': { description: wrong }
        '404': { description: none }
components:
  schemas:
    New:
      type: object
      required: [name]
      additionalProperties: false
      properties:
        name: { type: string, pattern: '^(stable|[0-9]+(-.*)?)$' }
        label: { type: string }
        author: { type: object, required: [id], properties: { id: { type: string } } }
    Shown:
      type: object
      required: [data]
      additionalProperties: false
      properties:
        data:
          type: object
          required: [name, author]
          additionalProperties: false
          properties:
            name: { type: string, pattern: '^(stable|[0-9]+(-.*)?)$' }
            label: { type: string }
            author: { type: object, required: [id, name], properties: { id: { type: string }, name: { type: string } } }
`,
  },
  'a value of the creation that is no id of the path': {
    text: `${head()}
paths:
  /categories:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Category' } } } }
      responses:
        '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Category' } } } }
        '400': { description: wrong }
  /categories/{section}:
    parameters: [{ name: section, in: path, required: true, schema: { type: string, enum: [guides, references] } }]
    get:
      responses:
        '200': { description: those of a section, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Category' } } } } }
components:
  schemas:
    Category: { type: object, required: [section, title], properties: { section: { type: string, enum: [guide, reference] }, title: { type: string } } }
`,
  },
  'resources that nothing makes, lists or refuses': {
    text: `${head()}
paths:
  /users/{username}:
    get:
      parameters: [{ name: username, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: one, content: { application/json: { schema: { type: object, properties: { username: { type: string } } } } } } }
  /users/{username}/repositories/{slug}:
    get:
      parameters:
        - { name: username, in: path, required: true, schema: { type: string } }
        - { name: slug, in: path, required: true, schema: { type: object } }
      responses: { '200': { description: one } }
`,
  },
  'bodies that no schema lets be made': {
    said: /no body was found that fits what/,
    text: `${head()}
security: [{ key: [] }]
paths:
  /pets:
    patch:
      requestBody: { content: { application/json: { schema: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] } } } }
      responses: { '200': { description: changed } }
    put:
      requestBody: { content: { application/json: { schema: { allOf: [{ type: string }, { type: integer }] }, example: 5 } } }
      responses: { '200': { description: changed } }
    get:
      responses:
        '200': { description: all }
        '401': { description: no key, content: { application/json: { schema: { oneOf: [{ $ref: '#/components/schemas/Empty' }, { $ref: '#/components/schemas/Unknown' }] } } } }
  /parents:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Parent' } } } }
      responses: { '200': { description: endless, content: { application/json: { schema: { $ref: '#/components/schemas/Parent' } } } } }
  /texts:
    get:
      responses:
        '200':
          description: an example of another type
          content: { application/json: { schema: { type: object }, examples: { cat: { value: '{ "name": "Fluffy" }' } } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  schemas:
    Cat: { type: object, properties: { hunts: { type: boolean }, age: { type: integer } } }
    Dog: { type: object, properties: { bark: { type: boolean } } }
    Empty: { type: object, properties: { error: { type: string, default: EMPTY } } }
    Unknown: { type: object, properties: { error: { type: string, default: UNKNOWN } } }
    Parent: { type: object, required: [id, parent], properties: { id: { type: integer }, parent: { $ref: '#/components/schemas/Parent' } } }
`,
  },
  'statuses without a success, interim ones and content that HTTP forbids': {
    text: `${head()}
security: [{ user: [], key: [] }, { other: [] }]
paths:
  /continue: { get: { responses: { '100': { description: go on }, '200': { description: done } } } }
  /nothing: { get: { responses: { '204': { description: none, content: { application/json: { example: {} } } } } } }
  /unacceptable: { get: { responses: { '406': { description: no } } } }
  /taken: { get: { responses: { '409': { description: no } } } }
  /media: { get: { responses: { '415': { description: no } } } }
  /locked: { post: { responses: { '401': { description: no } } } }
components:
  securitySchemes:
    user: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-Key }
    other: { type: openIdConnect, openIdConnectUrl: 'https://example.com' }
`,
  },
};
