/** Where a request goes: to a route with the path's parameters, or to a refusal. */
export type Found<T> =
  | { readonly kind: 'route'; readonly value: T; readonly params: readonly string[] }
  | { readonly kind: 'wrong-method'; readonly allow: string }
  | { readonly kind: 'nowhere' };

export interface RouteEntry<T> {
  readonly method: string;
  /** A path template; what its parameters are called does not matter. */
  readonly path: string;
  readonly value: T;
}

/** A path template with nameless parameters: `/backups/{backup_id}` and `/backups/{id}` are one shape. */
export function shapeOf(method: string, path: string): string {
  return `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`;
}

/**
 * Compiles the routes once. Paths are compared as they are sent: another letter case, a doubled or a trailing slash
 * is another resource.
 */
export function routesOf<T>(entries: readonly RouteEntry<T>[]): (method: string, path: string) => Found<T> {
  const paths = new Map<string, { pattern: RegExp; methods: Map<string, T> }>();
  for (const { method, path, value } of entries) {
    const shape = shapeOf('', path);
    const known = paths.get(shape) ?? { pattern: patternOf(path), methods: new Map<string, T>() };
    known.methods.set(method, value);
    paths.set(shape, known);
  }
  // `/indexes/create-for-model` must be tried before `/indexes/{index_name}`.
  const table = [...paths].sort(([a], [b]) => parameters(a) - parameters(b)).map(([, entry]) => entry);

  return (method, path) => {
    const allowed = new Set<string>();
    for (const { pattern, methods } of table) {
      const match = pattern.exec(path);
      if (match === null) continue;
      const value = methods.get(method);
      if (value !== undefined) return { kind: 'route', value, params: match.slice(1).map(decoded) };
      for (const name of methods.keys()) allowed.add(name);
    }
    return allowed.size === 0 ? { kind: 'nowhere' } : { kind: 'wrong-method', allow: [...allowed].sort().join(', ') };
  };
}

/** What a request asks for. */
export interface Target {
  readonly path: string;
  /** Without the question mark; empty where there is none. */
  readonly query: string;
}

/** The path of a request target, without its query; absolute-form is allowed by RFC 9112, section 3.2.2. */
export function splitTarget(target: string): Target {
  const local = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '');
  const at = local.indexOf('?');
  return at === -1 ? { path: local, query: '' } : { path: local.slice(0, at), query: local.slice(at + 1) };
}

function patternOf(path: string): RegExp {
  const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const parts = path.split(/\{[^}]*\}/).map(literal);
  return new RegExp(`^${parts.join('([^/]+)')}$`);
}

function parameters(shape: string): number {
  return shape.split('{}').length;
}

/** A broken percent-escape is not an error here: it names a resource that does not exist. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
