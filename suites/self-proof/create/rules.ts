/** What the document demands of a request that creates an index; each can be forgotten by itself. */
export type Rule =
  | 'media-type'
  | 'body'
  | 'json'
  | 'object'
  | `${Property}-missing`
  | `${Property}-type`
  | 'name-short'
  | 'name-long'
  | 'name-pattern'
  | 'dimension-small'
  | 'dimension-large'
  | 'dimension-whole'
  | 'metric-listed'
  | 'protection-listed'
  | 'tag-type'
  | 'tag-long'
  | 'spec-extra'
  | 'serverless-missing'
  | 'serverless-type'
  | 'serverless-extra'
  | 'cloud-missing'
  | 'cloud-type'
  | 'cloud-listed'
  | 'region-missing';

type Property = 'name' | 'dimension' | 'metric' | 'spec' | 'protection' | 'tags';

interface Asked {
  readonly type: string;
  readonly body: string;
  /** The body as JSON; undefined where it is none. */
  readonly asked: unknown;
}

interface Broken {
  readonly rule: Rule;
  readonly status: 400 | 415 | 422;
  readonly message: string;
}

/** The first rule that a request breaks, but for those that a server has forgotten. */
export function brokenRule(request: Asked, forgotten: readonly Rule[]): Broken | undefined {
  return broken(request).find(({ rule }) => !forgotten.includes(rule));
}

function broken({ type, body, asked }: Asked): readonly Broken[] {
  if (body === '') return [{ rule: 'body', status: 422, message: 'There is no body.' }];
  if (!/^application\/json\s*(;|$)/i.test(type))
    return [{ rule: 'media-type', status: 415, message: 'Only JSON is read here.' }];
  if (asked === undefined) return [{ rule: 'json', status: 422, message: 'The body is no JSON.' }];
  if (!isObject(asked)) return [{ rule: 'object', status: 422, message: 'The body is no object.' }];
  return ofObject(asked).filter((each): each is Broken => each !== undefined);
}

type Found = Broken | undefined;

function ofObject(asked: Readonly<Record<string, unknown>>): readonly Found[] {
  const { name, dimension, metric, deletion_protection: protection, tags, spec } = asked;
  return [
    missing('name', name),
    missing('dimension', dimension),
    missing('metric', metric),
    missing('spec', spec),
    mistyped('name', name, 'string'),
    mistyped('dimension', dimension, 'number'),
    mistyped('metric', metric, 'string'),
    mistyped('protection', protection, 'string'),
    wrong('spec-type', 422, spec !== undefined && !isObject(spec), 'spec must be an object.'),
    wrong('tags-type', 422, tags !== undefined && !isObject(tags), 'tags must be an object.'),
    wrong(
      'tag-type',
      422,
      isObject(tags) && Object.values(tags).some((tag) => typeof tag !== 'string'),
      'A tag must be a text.',
    ),
    wrong(
      'tag-long',
      400,
      isObject(tags) && Object.values(tags).some((tag) => typeof tag === 'string' && tag.length > 120),
      'A tag must not be longer than 120.',
    ),
    ...(typeof name === 'string' ? ofName(name) : []),
    ...(typeof dimension === 'number' ? ofDimension(dimension) : []),
    unlisted('metric-listed', metric, ['cosine', 'euclidean', 'dotproduct']),
    unlisted('protection-listed', protection, ['enabled', 'disabled']),
    ...(isObject(spec) ? ofSpec(spec) : []),
  ];
}

function ofName(name: string): readonly Found[] {
  return [
    wrong('name-short', 400, name === '', 'name must not be empty.'),
    wrong('name-long', 400, name.length > 45, 'name must not be longer than 45.'),
    wrong(
      'name-pattern',
      400,
      name !== '' && !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name),
      'name must be of a-z, 0-9 and -.',
    ),
  ];
}

function ofDimension(dimension: number): readonly Found[] {
  return [
    wrong('dimension-whole', 422, !Number.isInteger(dimension), 'dimension must be a whole number.'),
    wrong('dimension-small', 400, dimension < 1, 'dimension must be at least 1.'),
    wrong('dimension-large', 400, dimension > 20_000, 'dimension must be at most 20000.'),
  ];
}

function ofSpec(spec: Readonly<Record<string, unknown>>): readonly Found[] {
  const { serverless, ...others } = spec;
  const found = [
    wrong('spec-extra', 422, Object.keys(others).length > 0, 'spec has an unknown field.'),
    wrong('serverless-missing', 422, serverless === undefined, 'missing field serverless'),
    wrong('serverless-type', 422, serverless !== undefined && !isObject(serverless), 'serverless must be an object.'),
  ];
  if (!isObject(serverless)) return found;
  const { cloud, region, ...more } = serverless;
  return [
    ...found,
    wrong('serverless-extra', 422, Object.keys(more).length > 0, 'serverless has an unknown field.'),
    wrong('cloud-missing', 422, cloud === undefined, 'missing field cloud'),
    wrong('region-missing', 422, typeof region !== 'string' || region === '', 'missing field region'),
    wrong('cloud-type', 422, cloud !== undefined && typeof cloud !== 'string', 'cloud must be a string.'),
    cloud === undefined ? undefined : unlisted('cloud-listed', cloud, ['aws', 'gcp', 'azure']),
  ];
}

function missing(name: Property, value: unknown): Found {
  return wrong(`${name}-missing`, 422, value === undefined, `missing field ${name}`);
}

function mistyped(name: Property, value: unknown, type: 'string' | 'number'): Found {
  return wrong(`${name}-type`, 422, value !== undefined && typeof value !== type, `${name} must be a ${type}.`);
}

function unlisted(rule: Rule, value: unknown, listed: readonly string[]): Found {
  return wrong(rule, 400, typeof value === 'string' && !listed.includes(value), `Only ${listed.join(', ')} are known.`);
}

function wrong(rule: Rule, status: Broken['status'], is: boolean, message: string): Found {
  return is ? { rule, status, message } : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
