import { type LintSample, sample, put, schemas, name } from './lint-document.ts';

/** Samples of the rules about examples, by rule. */
export const exampleSamples: Readonly<Record<string, readonly LintSample[]>> = {
  'example-breaks-schema': [
    sample(
      'a named example of a response',
      {
        severity: 'error',
        pointer: `${put}/responses/200/content/application~1json/examples/lamp/value/id`,
        on: 'examples: { lamp',
        says: 'the example lamp of the response 200 breaks its schema: /id is',
      },
      [['value: { id: 7,', "value: { id: '7',"]],
    ),
    sample(
      'an example of a request',
      {
        severity: 'error',
        pointer: `${put}/requestBody/content/application~1json/example`,
        on: 'example: {',
        says: 'lacks the required property "name"',
      },
      [['example: { name: lamp }', 'example: { title: lamp }']],
      [
        [
          ['example: { name: lamp }', "example: 'name=lamp'"],
          ['          application/json:', '          application/x-www-form-urlencoded:'],
        ],
      ],
    ),
    sample(
      'an example of a parameter',
      {
        severity: 'error',
        pointer: '/paths/~1things~1{thing_id}/parameters/0/example',
        on: 'thing_id',
        says: 'thing_id',
      },
      [['example: 7', 'example: seven']],
      [
        [
          [
            'schema: { type: integer }, example: 7',
            'schema: { type: array, items: { type: integer } }, example: "1,2"',
          ],
        ],
      ],
    ),
    sample(
      'an example within a schema',
      {
        severity: 'error',
        pointer: `${schemas}/Thing/properties/id/example`,
        on: 'example: x',
        says: 'not integer',
      },
      [['        id: { type: integer }', '        id: { type: integer, example: x }']],
      [[['        id: { type: integer }', '        id: { type: integer, nullable: true, example: null }']]],
    ),
    sample(
      'one of the examples of a schema, in 3.1',
      {
        version: '3.1.0',
        severity: 'error',
        pointer: `${schemas}/Thing/properties/id/examples/1`,
        on: '[1, x]',
        says: 'example 2 of',
      },
      [['        id: { type: integer }', '        id: { type: integer, examples: [1, x] }']],
    ),
    sample(
      'a default',
      {
        severity: 'error',
        pointer: `${schemas}/Wanted/properties/name/default`,
        on: 'default: A',
        says: 'the default of',
      },
      [[name, name.replace(' }', ', default: A }')]],
      [[[name, name.replace(' }', ', default: a }')]]],
    ),
  ],
  'example-contradicts-status': [
    sample(
      'an example under another status',
      {
        severity: 'error',
        pointer: `${put}/responses/404/content/application~1json/example/status`,
        on: 'status: 500',
        says: 'stands under 404 and says status 500',
      },
      [['example: { status: 404 }', 'example: { status: 500 }']],
      [
        [['example: { status: 404 }', 'example: { status: 40400 }']],
        [
          ["'404':", "'4XX':"],
          ['example: { status: 404 }', 'example: { status: 404 }'],
          ["'4XX':", "'404':"],
        ],
      ],
    ),
    sample(
      'the example of a schema under a status that has none of its own',
      {
        severity: 'warning',
        pointer: `${schemas}/Problem/example`,
        on: 'INTERNAL',
        says: 'status 500, and is the only example of 404',
      },
      [
        ['              example: { status: 404 }\n', ''],
        ['    Problem:\n', '    Problem:\n      example: { status: 500, code: INTERNAL }\n'],
      ],
      [
        [['    Problem:\n', '    Problem:\n      example: { status: 500, code: INTERNAL }\n']],
        [
          ['              example: { status: 404 }\n', ''],
          ['    Problem:\n', '    Problem:\n      example: { status: 404, code: NOT_FOUND }\n'],
        ],
      ],
    ),
  ],
};
