/**
 * Whether a parsed run.json has everything that reports read, so that a file that was cut, edited or made by something
 * else is one clear error and not a stack trace. Returns where it is wrong: `cases/3/findings must be an array`.
 */
export function shapeProblem(value: unknown): string | undefined {
  return problemIn(value, run, '');
}

type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | { readonly arrayOf: Shape; readonly has?: never }
  | { readonly has: Readonly<Record<string, Shape>>; readonly arrayOf?: never };

const has = (properties: Readonly<Record<string, Shape>>): Shape => ({ has: properties });
const arrayOf = (items: Shape): Shape => ({ arrayOf: items });

const at = has({ file: 'string', pointer: 'string', line: 'number' });

const finding = has({ check: 'string', message: 'string', where: 'string', expected: 'string', actual: 'string', at });

const exchange = has({
  step: 'string',
  request: has({ method: 'string', url: 'string', headers: arrayOf(arrayOf('string')) }),
  notes: arrayOf(has({ kind: 'string', message: 'string' })),
  ms: 'number',
});

const record = has({
  id: 'string',
  kind: 'string',
  title: 'string',
  requirement: 'string',
  severity: 'string',
  promise: 'string',
  state: 'string',
  at,
  excerpt: arrayOf('string'),
  excerptLine: 'number',
  status: 'string',
  findings: arrayOf(finding),
  advice: arrayOf(finding),
  exchanges: arrayOf(exchange),
  ms: 'number',
});

const run = has({
  tool: has({ name: 'string', version: 'string' }),
  subject: has({ kind: 'string', name: 'string' }),
  operation: has({ id: 'string', method: 'string', path: 'string' }),
  document: has({ source: 'string', title: 'string', version: 'string', sha256: 'string' }),
  suite: has({ name: 'string', version: 'string' }),
  started: 'string',
  ms: 'number',
  seed: 'number',
  strict: 'boolean',
  cases: arrayOf(record),
  coverage: arrayOf(has({ response: 'string', description: 'string', status: 'string', how: 'string', at })),
  counts: has({
    cases: 'number',
    pass: 'number',
    fail: 'number',
    error: 'number',
    skip: 'number',
    waived: 'number',
    advice: 'number',
  }),
  outcome: has({ exit: 'number', because: 'string', problems: arrayOf('string') }),
});

function problemIn(value: unknown, shape: Shape, path: string): string | undefined {
  const name = path === '' ? 'the file' : path.slice(1);
  if (typeof shape === 'string') return typeof value === shape ? undefined : `${name} must be a ${shape}`;
  if (shape.arrayOf !== undefined) {
    const { arrayOf: items } = shape;
    if (!Array.isArray(value)) return `${name} must be an array`;
    return firstProblem(value.map((item: unknown, place) => () => problemIn(item, items, `${path}/${place}`)));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${name} must be an object`;
  const properties = new Map(Object.entries(value));
  return firstProblem(
    Object.entries(shape.has).map(
      ([key, inner]) =>
        () =>
          properties.has(key) ? problemIn(properties.get(key), inner, `${path}/${key}`) : `${name} has no ${key}`,
    ),
  );
}

function firstProblem(tests: readonly (() => string | undefined)[]): string | undefined {
  for (const test of tests) {
    const problem = test();
    if (problem !== undefined) return problem;
  }
  return undefined;
}
