import { head } from '../documents/document-folder.ts';

/** A mistake in a document, and changes of the same document that are none. */
export interface LintSample {
  readonly what: string;
  /** The document with the mistake. */
  readonly wrong: string;
  readonly severity: 'error' | 'warning';
  readonly pointer: string;
  /** What stands on the line of the finding. */
  readonly on: string;
  /** A part of the message. */
  readonly says: string;
  /** Documents that look alike and are right. */
  readonly right: readonly string[];
}

export type Change = readonly [was: string, is: string];

const thing = `
  /things/{thing_id}:
    parameters:
      - { name: thing_id, in: path, required: true, schema: { type: integer }, example: 7 }
    put:
      operationId: put_thing
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Wanted' }
            example: { name: lamp }
      responses:
        '200':
          description: the thing
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Thing' }
              examples: { lamp: { value: { id: 7, name: lamp } } }
        '401': { $ref: '#/components/responses/Refused' }
        '404':
          description: none
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Problem' }
              example: { status: 404 }
`;

/** A document that breaks no rule; `version`: of OpenAPI. */
function base(version?: string): string {
  return `${head(version)}security: [{ key: [] }]
paths:${thing}components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  responses:
    Refused:
      description: refused
      content:
        application/json:
          schema: { type: object }
  schemas:
    Wanted:
      type: object
      required: [name]
      properties:
        name: { type: string, pattern: '^[a-z]+$' }
    Thing:
      type: object
      required: [id, name]
      properties:
        id: { type: integer }
        name: { type: string }
    Problem:
      type: object
      properties:
        status: { type: integer }
`;
}

function changed(changes: readonly Change[], version?: string): string {
  return changes.reduce((text, [was, is]) => {
    if (!text.includes(was)) throw new RangeError(`the document has no ${was}`);
    return text.replace(was, () => is);
  }, base(version));
}

export function sample(
  what: string,
  found: Pick<LintSample, 'severity' | 'pointer' | 'on' | 'says'> & { readonly version?: string },
  wrong: readonly Change[],
  right: readonly (readonly Change[])[] = [],
): LintSample {
  const { version, ...rest } = found;
  const others = right.map((changes) => changed(changes, version));
  return { what, ...rest, wrong: changed(wrong, version), right: [base(version), ...others] };
}

export const put = '/paths/~1things~1{thing_id}/put';
export const schemas = '/components/schemas';
export const name = "name: { type: string, pattern: '^[a-z]+$' }";
export const refused: Change = ["'401': { $ref: '#/components/responses/Refused' }", ''];
const problem = `content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } }`;
export const withResponse = (key: string): Change => [
  "'401': {",
  `'${key}': { description: other, ${problem} }\n        '401': {`,
];
export const noBody: Change = [
  `      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Wanted' }
            example: { name: lamp }
`,
  '',
];
export const anonymous: Change = ['security: [{ key: [] }]\n', ''];
export const requiredId = (keyword: string, schema: 'Wanted' | 'Thing'): Change =>
  schema === 'Wanted'
    ? [
        `required: [name]\n      properties:\n        ${name}`,
        `required: [name]\n      properties:\n        name: { type: string, ${keyword}: true }`,
      ]
    : ['        id: { type: integer }', `        id: { type: integer, ${keyword}: true }`];

/** The response before that of 404. */
export function withResponseBefore404(key: string): Change {
  return ["        '404':", `        ${key}: { description: other, ${problem} }\n        '404':`];
}
