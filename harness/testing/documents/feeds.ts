/** Three operations that answer in items: events with a payload of JSON, lines of JSON, and JSON texts. */
export const feedsDocument = `openapi: 3.1.0
info: { title: Feeds, version: '1' }
security: [{ token: [] }]
paths:
  /events:
    get:
      operationId: read_events
      responses:
        '200': { description: Events., content: { text/event-stream: { schema: { $ref: '#/components/schemas/Tick' } } } }
        '401': { $ref: '#/components/responses/Unauthorized' }
  /lines:
    get:
      operationId: read_lines
      responses:
        '200': { description: Lines., content: { application/x-ndjson: { schema: { $ref: '#/components/schemas/Tick' } } } }
        '401': { $ref: '#/components/responses/Unauthorized' }
  /texts:
    get:
      operationId: read_texts
      responses:
        '200': { description: Texts., content: { application/json-seq: { schema: { $ref: '#/components/schemas/Tick' } } } }
        '401': { $ref: '#/components/responses/Unauthorized' }
components:
  securitySchemes: { token: { type: http, scheme: bearer } }
  responses:
    Unauthorized:
      description: No token.
      content: { application/json: { schema: { type: object, required: [error], properties: { error: { type: string } } } } }
  schemas:
    Tick: { type: object, required: [n], properties: { n: { type: integer } }, additionalProperties: false }
`;
