import type { OasDocument, Operation } from '../model/document.ts';
import { operationsOf } from '../openapi/operation/operation.ts';
import { answersOf } from './answers.ts';
import type { Answers } from './answers.ts';
import { backupBehaviours } from './state/backups.ts';
import type { OperationHandler } from './operation-handler.ts';
import { indexBehaviours } from './state/indexes.ts';
import type { Reply } from './reply.ts';
import { restoreJobBehaviours } from './state/restore-jobs.ts';
import { shapeOf } from './routes.ts';
import type { RouteEntry } from './routes.ts';
import type { Written } from './write.ts';

/** One operation that the mock serves. */
export interface Route {
  readonly name: string;
  readonly answers: Answers;
  /** Absent where only the mock knows the operation, not the document. */
  readonly operation?: Operation;
  /** Absent where only the document knows it: such an operation is answered with its first example. */
  readonly operationHandler?: OperationHandler;
  /** Whether this is the call under test, which no injected fault may affect. */
  readonly underTest: boolean;
  readonly bytes: WeakMap<Reply, Written>;
}

/** The routes of a document; `notFound` answers for what is not among them. */
interface Routes {
  readonly entries: readonly RouteEntry<Route>[];
  readonly notFound: Route;
}

const underTest = shapeOf('DELETE', '/backups/{backup_id}');
const behaviours = [...backupBehaviours, ...indexBehaviours, ...restoreJobBehaviours];

/** The document's operations; with those of the mock beside them if the document is one about backups. */
export function routesFor(document: OasDocument): Routes {
  const operations = new Map(operationsOf(document).map((each) => [shapeOf(each.method, each.path), each]));
  const lender = operations.get(underTest);
  const acts = new Map(lender === undefined ? [] : behaviours.map((each) => [shapeOf(each.method, each.path), each]));

  const route = (shape: string): RouteEntry<Route> => {
    const operation = operations.get(shape);
    const operationHandler = acts.get(shape);
    const { method, path } = operation ?? operationHandler ?? { method: '', path: '' };
    const value: Route = {
      name: `${method} ${path}`,
      answers: answersOf(operation, lender),
      ...(operation === undefined ? {} : { operation }),
      ...(operationHandler === undefined ? {} : { operationHandler }),
      underTest: shape === underTest,
      bytes: new WeakMap(),
    };
    return { method, path, value };
  };

  return {
    entries: [...new Set([...operations.keys(), ...acts.keys()])].map(route),
    notFound: {
      name: 'no route',
      answers: answersOf(undefined, lender),
      underTest: false,
      bytes: new WeakMap(),
    },
  };
}

/** The header in which the document's operations ask for their key, in lower case. */
export function keyHeaderOf(entries: Routes['entries']): string {
  const credentials = entries.flatMap(({ value }) => value.operation?.security.flat() ?? []);
  const own = credentials.find((credential) => credential.type === 'apiKey' && credential.in === 'header');
  return (own?.name ?? 'Api-Key').toLowerCase();
}
