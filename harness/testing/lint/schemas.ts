import { type LintSample, sample, schemas, requiredId } from './lint-document.ts';

/** Samples of the rules about schemas, by rule. */
export const schemaSamples: Readonly<Record<string, readonly LintSample[]>> = {
  'schema-unusable': [
    sample(
      'a length that is a text, in 3.1',
      {
        version: '3.1.0',
        severity: 'error',
        pointer: `${schemas}/Thing/properties/name/maxLength`,
        on: 'maxLength',
        says: 'maxLength must be a whole number',
      },
      [['        name: { type: string }', "        name: { type: string, maxLength: '9' }"]],
      [[['        name: { type: string }', '        name: { type: string, maxLength: 9, x-max: a }']]],
    ),
  ],
  'required-not-sent': [
    sample(
      'readOnly in a request',
      {
        severity: 'warning',
        pointer: `${schemas}/Wanted/required/0`,
        on: 'required: [name]',
        says: 'required in a request and is readOnly',
      },
      [requiredId('readOnly', 'Wanted')],
      [
        [requiredId('readOnly', 'Thing')],
        [requiredId('writeOnly', 'Wanted')],
        [
          requiredId('readOnly', 'Wanted'),
          ["$ref: '#/components/schemas/Thing'", "$ref: '#/components/schemas/Wanted'"],
        ],
      ],
    ),
    sample(
      'writeOnly in a response',
      {
        severity: 'warning',
        pointer: `${schemas}/Thing/required/0`,
        on: 'required: [id',
        says: 'required in a response and is writeOnly',
      },
      [requiredId('writeOnly', 'Thing')],
    ),
    sample(
      'readOnly in a request and a response, in 3.1',
      {
        version: '3.1.0',
        severity: 'warning',
        pointer: `${schemas}/Wanted/required/0`,
        on: 'required: [name]',
        says: 'required in a request',
      },
      [requiredId('readOnly', 'Wanted'), ["$ref: '#/components/schemas/Thing'", "$ref: '#/components/schemas/Wanted'"]],
    ),
  ],
  'x-enum': [
    sample(
      'beside the same enum',
      {
        severity: 'warning',
        pointer: `${schemas}/Thing/properties/name/x-enum`,
        on: 'x-enum',
        says: '`x-enum` repeats `enum`',
      },
      [['        name: { type: string }', '        name: { type: string, enum: [lamp, bed], x-enum: [bed, lamp] }']],
      [[['        name: { type: string }', '        name: { type: string, enum: [lamp, bed] }']]],
    ),
    sample(
      'beside another enum',
      {
        severity: 'error',
        pointer: `${schemas}/Thing/properties/name/x-enum`,
        on: 'x-enum',
        says: 'list different values',
      },
      [['        name: { type: string }', '        name: { type: string, enum: [lamp, bed], x-enum: [lamp, desk] }']],
    ),
    sample(
      'alone',
      {
        severity: 'warning',
        pointer: `${schemas}/Thing/properties/name/x-enum`,
        on: 'x-enum',
        says: 'no other tool reads',
      },
      [['        name: { type: string }', '        name: { type: string, x-enum: [lamp] }']],
    ),
  ],
  'pattern-not-ecma': [
    sample(
      'an inline flag',
      {
        severity: 'error',
        pointer: `${schemas}/Wanted/properties/name/pattern`,
        on: '(?i)',
        says: 'is not a regular expression of ECMA-262',
      },
      [['^[a-z]+$', '(?i)^[a-z]+$']],
      [[['^[a-z]+$', '^(?=[a-z])\\p{L}+$']]],
    ),
    sample(
      'a POSIX class in the name of properties, in 3.1',
      {
        version: '3.1.0',
        severity: 'error',
        pointer: `${schemas}/Thing/patternProperties/^[[:alpha:]]+$`,
        on: 'alpha',
        says: '[:alpha:]',
      },
      [['    Thing:\n', "    Thing:\n      patternProperties: { '^[[:alpha:]]+$': { type: string } }\n"]],
      [[['    Thing:\n', "    Thing:\n      patternProperties: { '^x-[a-z]+$': { type: string } }\n"]]],
    ),
  ],
  'pattern-unsafe': [
    sample(
      'a repeated group of what is repeated',
      {
        severity: 'warning',
        pointer: `${schemas}/Wanted/properties/name/pattern`,
        on: '(?:[a-z]+)',
        says: 'takes longer than a second',
      },
      [['^[a-z]+$', '^(?:[a-z]+)*$']],
      [[['^[a-z]+$', '^(?:[a-z]+-)*[a-z]+$']], [["pattern: '^[a-z]+$'", "pattern: '^(?:[a-z]+)*$', maxLength: 8"]]],
    ),
  ],
};
