import type { JsonObject } from '../../model/document.ts';
import type { Call } from '../operation-handler.ts';
import type { ApiVersion } from '../api-version.ts';
import type { IndexRecord } from './store.ts';

/** An index as the given document describes it. */
export function indexModel({ store, apiVersion }: Call, index: IndexRecord): JsonObject {
  return {
    name: index.name,
    host: `${index.name}-${index.id.slice(0, 8)}.svc.${index.region}.staging-double.invalid`,
    deletion_protection: index.protected ? 'enabled' : 'disabled',
    ...(index.tags === undefined ? {} : { tags: index.tags }),
    status: statusOf(index, store.now()),
    ...contentOf(apiVersion, index),
    ...placeOf(apiVersion, index),
    ...(index.embed === undefined ? {} : { embed: index.embed }),
  };
}

/** What is in an index or a backup: one vector, or fields. */
export function contentOf(apiVersion: ApiVersion, { dimension, metric, vectorType, schema }: IndexRecord): JsonObject {
  if (apiVersion !== 'deployment') return { ...(dimension === undefined ? {} : { dimension }), metric };
  if (schema !== undefined) return { schema };
  const field =
    vectorType === 'sparse'
      ? { type: 'sparse_vector', metric }
      : { type: 'dense_vector', dimension: dimension ?? 1, metric };
  return { schema: { fields: { values: field } } };
}

function placeOf(apiVersion: ApiVersion, { cloud, region, vectorType, spec }: IndexRecord): JsonObject {
  if (spec !== undefined && apiVersion !== 'deployment') return { vector_type: vectorType, spec };
  switch (apiVersion) {
    case 'spec':
      return { vector_type: vectorType, spec: { serverless: { cloud, region } } };
    case 'spec-with-capacity':
      return { vector_type: vectorType, spec: { serverless: { cloud, region, read_capacity: onDemand } } };
    case 'deployment':
      return { deployment: { deployment_type: 'managed', cloud, region } };
    default:
      return apiVersion satisfies never;
  }
}

function statusOf(index: IndexRecord, now: number): JsonObject {
  if (index.goneAt !== undefined) return { ready: false, state: 'Terminating' };
  const ready = index.readyAt <= now;
  return { ready, state: ready ? 'Ready' : 'Initializing' };
}

const onDemand: JsonObject = { mode: 'OnDemand', status: { state: 'Ready' } };
