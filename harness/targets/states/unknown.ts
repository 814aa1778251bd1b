import { randomUUID } from 'node:crypto';
import { HarnessError } from '../../core/errors.ts';
import type { JsonObject, OasDocument } from '../../model/document.ts';
import type { Arranged } from '../../model/target.ts';
import { type ArrangeOptions, stateUnsupported, type StateProvider } from './provider.ts';

/** "no such backup", "no such resource": what anybody can arrange, for nothing has a fresh UUID as its id. */
const nothing = /^no such \w/;

/** A provider that also knows the states of what does not exist: a fresh UUID for each path parameter of the document. */
export function withUnknown(provider: StateProvider, document: OasDocument): StateProvider {
  const names = pathParameters(document);
  const own = (state: string): boolean => provider.can(state) === true;
  const fresh = (unknown: ArrangeOptions['unknown'] = {}): Arranged => ({
    values: { ...Object.fromEntries(names.map((name) => [name, randomUUID()])), ...unknown },
    release: () => Promise.resolve(),
  });
  return {
    ...provider,
    can: (state, arrangement) => (nothing.test(state) ? true : provider.can(state, arrangement)),
    async arrange(state, options) {
      if (!nothing.test(state)) return provider.arrange(state, options);
      if (!own(state)) return fresh(options.unknown);
      try {
        return await provider.arrange(state, options);
      } catch (thrown) {
        if (thrown instanceof HarnessError && thrown.code === stateUnsupported) return fresh(options.unknown);
        throw thrown;
      }
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
