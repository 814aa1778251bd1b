import {
  type LintSample,
  sample,
  put,
  refused,
  withResponse,
  noBody,
  anonymous,
  withResponseBefore404,
} from './lint-document.ts';

/** Samples of the rules about operations, by rule. */
export const operationSamples: Readonly<Record<string, readonly LintSample[]>> = {
  'document-invalid': [
    sample(
      'a property that OpenAPI does not have',
      { severity: 'error', pointer: put, on: 'put:', says: 'responsess' },
      [["      responses:\n        '200':", "      responsess: {}\n      responses:\n        '200':"]],
    ),
    sample(
      'a security scheme that is not declared',
      { severity: 'error', pointer: put, on: 'put:', says: 'the security scheme none is asked for, but not declared' },
      [['security: [{ key: [] }]', 'security: [{ none: [] }]']],
    ),
    sample(
      'a reference that leads nowhere',
      {
        severity: 'error',
        pointer: `${put}/responses/401`,
        on: 'components/responses/Gone',
        says: '#/components/responses/Gone',
      },
      [["responses/Refused' }", "responses/Gone' }"]],
    ),
  ],
  'error-without-schema': [
    sample(
      'no body',
      { severity: 'warning', pointer: `${put}/responses/410`, on: "'410'", says: 'the response 410 declares no body' },
      [["'401': {", "'410': { description: gone }\n        '401': {"]],
      [[["'401': {", "'204': { description: done }\n        '401': {"]]],
    ),
    sample(
      'a media type without a schema',
      {
        severity: 'warning',
        pointer: `${put}/responses/404/content/text~1plain`,
        on: 'text/plain',
        says: 'text/plain without a schema',
      },
      [
        [
          "              schema: { $ref: '#/components/schemas/Problem' }\n",
          "              schema: { $ref: '#/components/schemas/Problem' }\n",
        ],
        [
          '          description: none\n          content:\n',
          '          description: none\n          content:\n            text/plain: { example: none }\n',
        ],
      ],
    ),
  ],
  'range-hides-codes': [
    sample(
      'a range',
      {
        severity: 'warning',
        pointer: `${put}/responses/5XX`,
        on: '5XX',
        says: 'the response 5XX does not say which codes there are',
      },
      [withResponse('5XX')],
      [[withResponse('500')]],
    ),
    sample(
      'default alone for all errors',
      { severity: 'warning', pointer: `${put}/responses/default`, on: 'default', says: 'default stands for every 4xx' },
      [refused, ["'404':", 'default:']],
      [[withResponse('default')]],
    ),
  ],
  'response-unreachable': [
    sample(
      '401 without security',
      {
        severity: 'warning',
        pointer: `${put}/responses/401`,
        on: "'401'",
        says: 'the operation asks for no credential',
      },
      [anonymous, noBody],
      [
        [noBody],
        // A body may be a login, and a parameter may be the credential.
        [anonymous],
        [
          anonymous,
          noBody,
          [
            '- { name: thing_id',
            '- { name: Authorization, in: header, schema: { type: string } }\n      - { name: thing_id',
          ],
        ],
      ],
    ),
    sample(
      '415 without a body',
      { severity: 'warning', pointer: `${put}/responses/415`, on: "'415'", says: 'the operation takes no body' },
      [noBody, withResponse('415')],
      [[withResponse('415')]],
    ),
    sample(
      '304 for PUT',
      { severity: 'warning', pointer: `${put}/responses/304`, on: "'304'", says: 'only GET and HEAD' },
      [withResponse('304')],
      [[withResponse('304'), ['    put:', '    get:'], noBody]],
    ),
    sample(
      'an interim response',
      { severity: 'warning', pointer: `${put}/responses/102`, on: "'102'", says: 'an interim response' },
      [withResponse('102')],
      [[withResponse('101')]],
    ),
  ],
  'security-without-401': [
    sample(
      'no 401',
      {
        severity: 'warning',
        pointer: put,
        on: 'put:',
        says: 'put_thing asks for a credential (key) and declares no 401',
      },
      [refused],
      [
        [refused, anonymous],
        [refused, ['security: [{ key: [] }]', 'security: [{ key: [] }, {}]']],
        [refused, withResponseBefore404('default')],
      ],
    ),
  ],
};
