import { below, isObject } from '../openapi/document/pointer.ts';
import type { SchemaSite } from './schema-sites.ts';

/** A regular expression of a schema. */
interface Pattern {
  readonly pattern: string;
  readonly pointer: string;
  /** How long the texts are that it is for, where the schema bounds that. */
  readonly longest?: number;
}

/** `pattern` and the keys of `patternProperties`. */
export function patternsOf(schemas: readonly SchemaSite[]): readonly Pattern[] {
  return schemas.flatMap(({ pointer, value }) => {
    const { pattern, patternProperties, maxLength } = value;
    const names = isObject(patternProperties) ? Object.keys(patternProperties) : [];
    return [
      ...(typeof pattern === 'string'
        ? [
            {
              pattern,
              pointer: below(pointer, 'pattern'),
              ...(typeof maxLength === 'number' ? { longest: maxLength } : {}),
            },
          ]
        : []),
      ...names.map((name) => ({ pattern: name, pointer: below(pointer, 'patternProperties', name) })),
    ];
  });
}
