import { randomUUID } from 'node:crypto';
import type { JsonObject, OasDocument } from '../../model.ts';
import type { StateProvider } from './provider.ts';

/** The state that every target can arrange by itself: an id that nothing has. */
const nothing = 'no such resource';

/** A provider that also knows "no such resource": a fresh UUID for each path parameter of the document. */
export function withUnknown(provider: StateProvider, document: OasDocument): StateProvider {
  const names = pathParameters(document);
  return {
    ...provider,
    can: (state) => (state === nothing ? true : provider.can(state)),
    arrange(state, options) {
      if (state !== nothing || provider.can(state) === true) return provider.arrange(state, options);
      const values = Object.fromEntries(names.map((name) => [name, randomUUID()]));
      return Promise.resolve({ values, release: () => Promise.resolve() });
    },
  };
}

function pathParameters(document: OasDocument): readonly string[] {
  const paths = isObject(document.root['paths']) ? Object.keys(document.root['paths']) : [];
  return [...new Set(paths.flatMap((path) => [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name)))];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
