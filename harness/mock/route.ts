import type { OasDocument, Operation } from '../model/document.ts';
import { listOperations, type ListedOperation } from '../openapi/operation/operation.ts';
import { usableOperation } from '../openapi/operation/usable.ts';
import { answersOf } from './reply/answers.ts';
import type { Answers } from './reply/answers.ts';
import type { OperationHandler } from './operation-handler.ts';
import type { Reply } from './reply/reply.ts';
import { shapeOf } from './routes.ts';
import type { RouteEntry } from './routes.ts';
import { rulesOf, type Rules } from './state/rules.ts';
import type { Written } from './reply/write.ts';

/** One operation that the mock serves. */
export interface Route {
  readonly name: string;
  readonly answers: Answers;
  /** Absent where only the mock knows the operation, not the document. */
  readonly listed?: ListedOperation;
  readonly operation?: Operation;
  /** The rules of the service that the mock stands for; absent where the document alone says what the operation does. */
  readonly operationHandler?: OperationHandler;
  /** Whether this is the call under test, which no injected fault may affect. */
  readonly underTest: boolean;
  readonly bytes: WeakMap<Reply, Written>;
}

/** The routes of a document, each made when it is first asked for. */
interface Routes {
  readonly entries: readonly RouteEntry<() => Route>[];
  readonly operations: readonly ListedOperation[];
  /** Answers for what is not among them. */
  readonly notFound: Route;
  /** What the mock knows of the service beyond the document. */
  readonly rules?: Rules;
  /** The header in which every request shows its key, in lower case; absent where the document says it by operation. */
  readonly keyHeader?: string;
}

/** The document's operations; with those of the mock beside them if it knows the service that the document is about. */
export function routesFor(document: OasDocument): Routes {
  const operations = listOperations(document);
  const byShape = new Map(operations.map((each) => [shapeOf(each.method, each.path), each]));
  const rules = rulesOf(new Set(byShape.keys()));
  const handlers = new Map(rules?.handlers.map((each) => [shapeOf(each.method, each.path), each]));
  const lending = rules === undefined ? undefined : byShape.get(rules.underTest);
  const lender = lending === undefined ? undefined : usableOperation(lending);

  const entry = (shape: string): RouteEntry<() => Route> => {
    const listed = byShape.get(shape);
    const operationHandler = handlers.get(shape);
    const { method, path } = listed ?? operationHandler ?? { method: '', path: '' };
    let made: Route | undefined;
    const make = (): Route => {
      const operation = listed === undefined ? undefined : usableOperation(listed);
      return {
        name: `${method} ${path}`,
        answers: answersOf(operation, lender),
        ...(listed === undefined ? {} : { listed }),
        ...(operation === undefined ? {} : { operation }),
        ...(operationHandler === undefined ? {} : { operationHandler }),
        underTest: shape === rules?.underTest,
        bytes: new WeakMap(),
      };
    };
    return { method, path, value: () => (made ??= make()) };
  };

  return {
    entries: [...new Set([...byShape.keys(), ...handlers.keys()])].map(entry),
    operations,
    notFound: { name: 'no route', answers: answersOf(undefined, lender), underTest: false, bytes: new WeakMap() },
    ...(rules === undefined ? {} : { rules }),
    ...(lender === undefined ? {} : { keyHeader: keyHeaderOf(lender) }),
  };
}

/** The header in which the operation under test asks for its key. */
function keyHeaderOf({ security }: Operation): string {
  const own = security.flat().find((credential) => credential.type === 'apiKey' && credential.in === 'header');
  return (own?.name ?? 'Api-Key').toLowerCase();
}
