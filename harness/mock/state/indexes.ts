import type { JsonObject } from '../../model/document.ts';
import { accepted } from '../operation-handler.ts';
import type { OperationHandler, Call } from '../operation-handler.ts';
import { indexModel } from './index-model.ts';
import { labelsIn, nameProblem } from './names.ts';
import { isObject } from '../reply.ts';
import type { Reply } from '../reply.ts';
import type { NewIndex } from './store.ts';

export const indexBehaviours: readonly OperationHandler[] = [
  { method: 'GET', path: '/indexes', respond: listIndexes },
  { method: 'POST', path: '/indexes', respond: createIndex },
  { method: 'GET', path: '/indexes/{index_name}', respond: describeIndex },
  { method: 'DELETE', path: '/indexes/{index_name}', respond: deleteIndex },
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
  const place = placeIn(body);
  if (typeof place === 'string') return answers.because(422, place);
  const problem = nameProblem(name) ?? vectorsProblem(body);
  if (problem !== undefined) return answers.because(400, problem);
  if (!(regions.get(place.cloud)?.includes(place.region) ?? false)) {
    return answers.because(404, `Resource cloud: ${place.cloud} region: ${place.region} not found.`);
  }
  if (store.index(name) !== undefined) return answers.because(409, `Index ${name} already exists.`);
  const index = store.addIndex({ ...place, ...vectorsIn(body), ...schemaIn(body), ...labelsIn(body), name });
  return { status: 201, body: indexModel(call, index) };
}

/** Cloud and region: `spec.serverless`, or `deployment` of type `managed` in the 2026-01 documents. */
function placeIn(body: JsonObject): { readonly cloud: string; readonly region: string } | string {
  const spec = isObject(body.spec) ? body.spec.serverless : body.deployment;
  if (!isObject(spec)) return 'spec.serverless is missing: the staging double makes serverless indexes only.';
  const { cloud, region } = spec;
  if (typeof cloud !== 'string' || typeof region !== 'string') return 'cloud or region is missing.';
  return { cloud, region };
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
