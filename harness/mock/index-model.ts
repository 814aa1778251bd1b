import type { JsonObject } from '../model.ts';
import type { Call } from './behaviour.ts';
import type { Dialect } from './dialect.ts';
import type { IndexRecord } from './store.ts';

/** An index as the given document describes it. */
export function indexModel({ store, dialect }: Call, index: IndexRecord): JsonObject {
  return {
    name: index.name,
    host: `${index.name}-${index.id.slice(0, 8)}.svc.${index.region}.staging-double.invalid`,
    deletion_protection: index.protected ? 'enabled' : 'disabled',
    ...(index.tags === undefined ? {} : { tags: index.tags }),
    status: statusOf(index, store.now()),
    ...shapeOf(dialect, index),
  };
}

function shapeOf(dialect: Dialect, index: IndexRecord): JsonObject {
  switch (dialect) {
    case 'spec':
      return spec(index, {});
    case 'spec-with-capacity':
      return spec(index, { read_capacity: { mode: 'OnDemand', status: { state: 'Ready' } } });
    case 'deployment':
      return deployment(index);
    default:
      return dialect satisfies never;
  }
}

function statusOf(index: IndexRecord, now: number): JsonObject {
  if (index.goneAt !== undefined) return { ready: false, state: 'Terminating' };
  const ready = index.readyAt <= now;
  return { ready, state: ready ? 'Ready' : 'Initializing' };
}

function spec({ cloud, region, dimension, metric, vectorType }: IndexRecord, capacity: JsonObject): JsonObject {
  return {
    ...(dimension === undefined ? {} : { dimension }),
    metric,
    vector_type: vectorType,
    spec: { serverless: { cloud, region, ...capacity } },
  };
}

function deployment({ cloud, region, dimension = 1, metric, vectorType }: IndexRecord): JsonObject {
  const field =
    vectorType === 'sparse' ? { type: 'sparse_vector', metric } : { type: 'dense_vector', dimension, metric };
  return { deployment: { deployment_type: 'managed', cloud, region }, schema: { fields: { values: field } } };
}
