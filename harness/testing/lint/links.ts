import { type Change, type LintSample, put, sample } from './lint-document.ts';

const inline = (link: string): Change => [
  "              examples: { lamp: { value: { id: 7, name: lamp } } }\n        '401'",
  `              examples: { lamp: { value: { id: 7, name: lamp } } }\n          links:\n            Again: ${link}\n        '401'`,
];
const link = `${put}/responses/200/links/Again`;
const right = (more: string): readonly Change[] => [inline(`{ operationId: put_thing, ${more} }`)];
const found = (says: string, on: string, pointer: string) => ({ severity: 'error', pointer, on, says }) as const;
const ref = "operationRef: '#/paths/~1things~1%7Bthing_id%7D/put'";

/** Samples of the rules about links, by rule. */
export const linkSamples: Readonly<Record<string, readonly LintSample[]>> = {
  'link-target': [
    sample(
      'an operationId that no operation has',
      found('the link Again leads to the operation get_thing, which is not there', 'get_thing', `${link}/operationId`),
      [inline('{ operationId: get_thing }')],
      [right("parameters: { thing_id: '$response.body#/id' }")],
    ),
    sample(
      'an operationRef that leads to no operation',
      found('where no operation is', '~1things', `${link}/operationRef`),
      [inline("{ operationRef: '#/paths/~1things/put' }")],
      [
        [inline(`{ ${ref} }`)],
        [inline("{ operationRef: '#/paths/~1things~1{thing_id}/put' }")],
        [inline("{ operationRef: 'https://api.example/v2.yaml#/paths/~1a/get', parameters: { x: 1 } }")],
      ],
    ),
  ],
  'link-parameter': [
    sample(
      'a parameter that the operation lacks',
      found('gives put_thing a value of "id", which is no parameter of it', 'id: 7', `${link}/parameters/id`),
      [inline('{ operationId: put_thing, parameters: { id: 7 } }')],
      [right('parameters: { thing_id: 7 }'), right('parameters: { path.thing_id: 7 }')],
    ),
    sample(
      'a parameter of another place',
      found('"query.thing_id", which is no parameter', 'query.thing_id', `${link}/parameters/query.thing_id`),
      [inline('{ operationId: put_thing, parameters: { query.thing_id: 7 } }')],
    ),
    sample(
      'a name that two parameters have',
      found(
        'is the name of several parameters: path.thing_id and query.thing_id',
        'thing_id: 7',
        `${link}/parameters/thing_id`,
      ),
      [
        inline('{ operationId: put_thing, parameters: { thing_id: 7 } }'),
        ['    put:', '      - { name: thing_id, in: query, schema: { type: integer } }\n    put:'],
      ],
      [
        [
          inline('{ operationId: put_thing, parameters: { path.thing_id: 7 } }'),
          ['    put:', '      - { name: thing_id, in: query, schema: { type: integer } }\n    put:'],
        ],
      ],
    ),
  ],
  'link-expression': [
    sample(
      'an expression that is none',
      found('has $response.id, which is no runtime expression', '$response.id', `${link}/parameters/thing_id`),
      [inline('{ operationId: put_thing, parameters: { thing_id: $response.id } }')],
      [right("parameters: { thing_id: '$5' }"), right("parameters: { thing_id: '{$statusCode}-{x}' }")],
    ),
    sample(
      'an expression within a text that is not closed',
      found('its { is not closed', '{$url', `${link}/parameters/thing_id`),
      [inline("{ operationId: put_thing, parameters: { thing_id: 'a{$url' } }")],
    ),
    sample(
      'a property that the schema does not name',
      {
        ...found('the schema has no "ref" there; it has id, name', '#/ref', `${link}/parameters/thing_id`),
        severity: 'warning',
      },
      [inline("{ operationId: put_thing, parameters: { thing_id: '$response.body#/ref' } }")],
      [right("requestBody: { name: '$request.body#/name', x: ['$response.body#/name', 5] }")],
    ),
    sample(
      'a property below a number',
      found('uses $response.body#/id/x, and the schema has no "x" there', '#/id/x', `${link}/requestBody/name`),
      [inline("{ operationId: put_thing, requestBody: { name: 'of {$response.body#/id/x}' } }")],
    ),
    sample(
      'a parameter of the request that is not declared',
      found('put_thing has no path parameter "id"', '$request.path.id', `${link}/parameters/thing_id`),
      [inline('{ operationId: put_thing, parameters: { thing_id: $request.path.id } }')],
      [
        right('parameters: { thing_id: $request.path.thing_id }'),
        right('parameters: { thing_id: $request.header.Accept }'),
      ],
    ),
    sample(
      'a parameter of a response',
      found('a response has no path', '$response.path', `${link}/parameters/thing_id`),
      [inline('{ operationId: put_thing, parameters: { thing_id: $response.path.thing_id } }')],
    ),
    sample(
      'a header that the response does not declare',
      {
        ...found('the response declares no header X-Id', 'X-Id', `${link}/parameters/thing_id`),
        severity: 'warning',
      },
      [inline('{ operationId: put_thing, parameters: { thing_id: $response.header.X-Id } }')],
      [right('parameters: { thing_id: $response.header.etag }')],
    ),
  ],
};
