/** What OpenAPI 3.2 adds, as far as it concerns requests and responses. */
export const stationDocument = `openapi: 3.2.0
$self: https://api.example.com/station
info: { title: Station, version: '1' }
servers: [{ url: /, name: here }]
security: [{ '#/components/securitySchemes/token': [] }]
tags: [{ name: trains, summary: Trains, kind: nav }]
paths:
  /departures:
    get:
      operationId: watch_departures
      responses:
        '200':
          summary: Departures as they happen
          content:
            text/event-stream:
              itemSchema:
                type: object
                required: [event, data]
                properties:
                  event: { enum: [departure, delay] }
                  data: { type: string, contentMediaType: application/json, contentSchema: { $ref: '#/components/schemas/Train' } }
        '401': { $ref: '#/components/responses/Unauthorized' }
    query:
      operationId: search_departures
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, required: [from], properties: { from: { type: string } } } } }
      responses:
        '200': { description: Found., content: { application/jsonl: { $ref: '#/components/mediaTypes/Trains' } } }
        '401': { $ref: '#/components/responses/Unauthorized' }
        '422': { summary: Not understood }
  /trains:
    get:
      operationId: find_trains
      parameters:
        - in: querystring
          name: criteria
          required: true
          content:
            application/x-www-form-urlencoded:
              schema: { type: object, required: [to], properties: { to: { type: string }, stops: { type: array, items: { type: integer } } } }
              examples: { oslo: { dataValue: { to: 'Oslo S', stops: [1, 2] }, serializedValue: 'to=Oslo+S&stops=1&stops=2' } }
        - { in: cookie, name: lang, style: cookie, schema: { type: string }, example: 'en-GB' }
      responses:
        '200':
          description: Found.
          content:
            application/json:
              schema: { type: array, items: { $ref: 'https://api.example.com/station#/components/schemas/Train' } }
              examples: { one: { dataValue: [{ kind: train, n: 7 }] }, text: { serializedValue: '[{"kind":"train","n":8}]' } }
        '400': { description: Not understood. }
        '401': { $ref: '#/components/responses/Unauthorized' }
  /trains/{id}:
    parameters: [{ in: path, name: id, required: true, example: 7, schema: { type: integer } }]
    additionalOperations:
      LOCK:
        operationId: lock_train
        responses:
          '200': { description: Locked., content: { application/json: { schema: { $ref: '#/components/schemas/Vehicle' } } } }
          '401': { $ref: '#/components/responses/Unauthorized' }
          '404': { description: Unknown. }
components:
  securitySchemes:
    token: { type: http, scheme: bearer, deprecated: false }
    device:
      type: oauth2
      deprecated: true
      oauth2MetadataUrl: https://id.example.com/.well-known/oauth-authorization-server
      flows: { deviceAuthorization: { deviceAuthorizationUrl: https://id.example.com/device, tokenUrl: https://id.example.com/token, scopes: {} } }
  responses:
    Unauthorized:
      summary: No token
      content: { application/json: { schema: { type: object, required: [error], properties: { error: { type: string } } } } }
  mediaTypes:
    Trains: { itemSchema: { $ref: '#/components/schemas/Train' } }
  schemas:
    Train: { type: object, required: [kind, n], properties: { kind: { const: train }, n: { type: integer } }, additionalProperties: false }
    Other: { type: object, required: [wheels], properties: { kind: { type: string }, wheels: { type: integer } } }
    Vehicle:
      oneOf: [{ $ref: '#/components/schemas/Train' }, { $ref: '#/components/schemas/Other' }]
      discriminator: { propertyName: kind, mapping: { train: '#/components/schemas/Train' }, defaultMapping: Other }
`;
