import type { JsonObject } from '../../model/document.ts';
import { accepted } from '../operation-handler.ts';
import type { OperationHandler, Call } from '../operation-handler.ts';
import { indexModel } from './index-model.ts';
import { labelsIn, nameProblem } from './names.ts';
import { isObject } from '../reply/reply.ts';
import type { Reply } from '../reply/reply.ts';
import type { NewIndex } from './store.ts';

export const indexBehaviours: readonly OperationHandler[] = [
  { method: 'GET', path: '/indexes', respond: listIndexes },
  { method: 'POST', path: '/indexes', respond: createIndex },
  { method: 'GET', path: '/indexes/{index_name}', respond: describeIndex },
  { method: 'DELETE', path: '/indexes/{index_name}', respond: deleteIndex },
  { method: 'PATCH', path: '/indexes/{index_name}', respond: configureIndex },
  { method: 'POST', path: '/indexes/create-for-model', respond: createIndexForModel },
];

function listIndexes(call: Call): Reply {
  return { status: 200, body: { indexes: call.store.indexes().map((index) => indexModel(call, index)) } };
}

function describeIndex(call: Call): Reply {
  const index = call.store.index(call.id);
  return index === undefined ? call.answers.notFound(call.id) : { status: 200, body: indexModel(call, index) };
}

function deleteIndex({ store, answers, id }: Call): Reply {
  const index = store.index(id);
  if (index === undefined) return answers.notFound(id);
  if (index.protected) return answers.plain(403);
  store.deleteIndex(index);
  return accepted;
}

function createIndex(call: Call): Reply {
  const { store, answers, body } = call;
  if (!isObject(body)) return answers.because(422, 'The body must be a JSON object.');
  const { name } = body;
  if (typeof name !== 'string') return answers.because(422, 'name is missing or no string.');
  const place = specIn(body) ?? placeIn(body);
  if (typeof place === 'string') return answers.because(422, place);
  const problem = nameProblem(name) ?? vectorsProblem(body);
  if (problem !== undefined) return answers.because(400, problem);
  if (!('spec' in place) && !isRegion(place)) {
    return answers.because(404, `Resource cloud: ${place.cloud} region: ${place.region} not found.`);
  }
  if (store.index(name) !== undefined) return answers.because(409, `Index ${name} already exists.`);
  const index = store.addIndex({ ...place, ...vectorsIn(body), ...schemaIn(body), ...labelsIn(body), name });
  return { status: 201, body: indexModel(call, index) };
}

/** An index for a model is serverless, and has the dimension of the vectors that the model makes. */
function createIndexForModel(call: Call): Reply {
  const { store, answers, body } = call;
  if (!isObject(body) || !isObject(body.embed)) return answers.because(422, 'embed is missing.');
  const { name, cloud, region, embed } = body;
  if (typeof name !== 'string' || typeof cloud !== 'string' || typeof region !== 'string') {
    return answers.because(422, 'name, cloud or region is missing.');
  }
  const problem = nameProblem(name);
  if (problem !== undefined) return answers.because(400, problem);
  if (!isRegion({ cloud, region }))
    return answers.because(404, `Resource cloud: ${cloud} region: ${region} not found.`);
  if (store.index(name) !== undefined) return answers.because(409, `Index ${name} already exists.`);
  const vectors = { dimension: 1024, metric: 'cosine', vectorType: 'dense' };
  const index = store.addIndex({ ...vectors, ...labelsIn(body), cloud, region, name, embed });
  return { status: 201, body: indexModel(call, index) };
}

/** Tags are added and changed one by one; an empty one is taken away. */
function configureIndex(call: Call): Reply {
  const { store, answers, id, body } = call;
  const index = store.index(id);
  if (index === undefined) return answers.notFound(id);
  if (!isObject(body)) return answers.because(422, 'The body must be a JSON object.');
  const { deletion_protection: protection = 'disabled' } = body;
  if (protection !== 'enabled' && protection !== 'disabled') {
    return answers.because(400, 'deletion_protection must be enabled or disabled.');
  }
  const { tags = {}, protected: locked } = labelsIn(body);
  const kept = Object.entries({ ...index.tags, ...tags }).filter(([, value]) => value !== '');
  const changed = store.changeIndex(index, {
    ...(body.deletion_protection === undefined ? {} : { protected: locked }),
    ...(body.tags === undefined ? {} : { tags: Object.fromEntries(kept) }),
    ...(isObject(body.embed) ? { embed: { ...index.embed, ...body.embed } } : {}),
  });
  return { status: 202, body: indexModel(call, changed) };
}

/** Cloud and region: `spec.serverless`, or `deployment` of type `managed` in the 2026-01 documents. */
function placeIn(body: JsonObject): { readonly cloud: string; readonly region: string } | string {
  const spec = isObject(body.spec) ? body.spec.serverless : body.deployment;
  if (!isObject(spec)) return 'spec has none of serverless, pod and byoc.';
  const { cloud, region } = spec;
  if (typeof cloud !== 'string' || typeof region !== 'string') return 'cloud or region is missing.';
  return { cloud, region };
}

/** The spec of an index on pods or in a cloud of one's own, with what its answer shows besides. */
function specIn({ spec }: JsonObject): Pick<NewIndex, 'cloud' | 'region' | 'spec'> | undefined {
  if (!isObject(spec)) return undefined;
  for (const [cloud, defaults] of [
    ['pod', { replicas: 1, shards: 1, pods: 1, pod_type: 'p1.x1' }],
    ['byoc', {}],
  ] as const) {
    const own = spec[cloud];
    if (isObject(own) && typeof own.environment === 'string') {
      return { cloud, region: own.environment, spec: { [cloud]: { ...defaults, ...own } } };
    }
  }
  return undefined;
}

function isRegion({ cloud, region }: { readonly cloud: string; readonly region: string }): boolean {
  return regions.get(cloud)?.includes(region) ?? false;
}

function vectorsProblem({ dimension, metric, vector_type: type }: JsonObject): string | undefined {
  if (metric !== undefined && !(typeof metric === 'string' && metrics.includes(metric))) {
    return `metric must be one of ${metrics.join(', ')}.`;
  }
  if (type === 'sparse') return dimension === undefined ? undefined : 'A sparse index has no dimension.';
  if (
    dimension !== undefined &&
    !(Number.isInteger(dimension) && Number(dimension) >= 1 && Number(dimension) <= 20000)
  ) {
    return 'dimension must be a whole number from 1 to 20000.';
  }
  return undefined;
}

function vectorsIn({
  dimension,
  metric,
  vector_type: type,
}: JsonObject): Omit<NewIndex, 'name' | 'cloud' | 'region' | 'protected'> {
  const sparse = type === 'sparse';
  return {
    ...(typeof dimension === 'number' ? { dimension } : {}),
    metric: typeof metric === 'string' ? metric : sparse ? 'dotproduct' : 'cosine',
    vectorType: sparse ? 'sparse' : 'dense',
  };
}

function schemaIn({ schema }: JsonObject): Pick<NewIndex, 'schema'> {
  return isObject(schema) ? { schema } : {};
}

const metrics: readonly string[] = ['cosine', 'euclidean', 'dotproduct'];

/** Where the double pretends to have machines. */
const regions: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws', ['us-east-1', 'us-west-2', 'eu-west-1']],
  ['gcp', ['us-central1', 'us-east1', 'europe-west4']],
  ['azure', ['eastus2']],
]);
