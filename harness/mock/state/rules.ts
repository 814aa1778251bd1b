import type { OperationHandler } from '../operation-handler.ts';
import { shapeOf } from '../routes.ts';
import { backupBehaviours } from './backups.ts';
import { indexBehaviours } from './indexes.ts';
import { restoreJobBehaviours } from './restore-jobs.ts';

/** What the mock knows of a service beyond its document. */
export interface Rules {
  readonly handlers: readonly OperationHandler[];
  /** The method and path of the operation under test; its examples are lent to operations that have none. */
  readonly underTest: string;
  /** How to try the mock, one line each. */
  usage(origin: string): readonly string[];
}

const rules: Rules = {
  handlers: [...backupBehaviours, ...indexBehaviours, ...restoreJobBehaviours],
  underTest: shapeOf('DELETE', '/backups/{backup_id}'),
  usage: (origin) => [
    `  curl -i -X DELETE ${origin}/backups/ready-1 -H "Api-Key: $PINECONE_API_KEY"`,
    '',
    'ready-1, ready-2 … can be deleted once; pending-1 … have a pending restore job; boom-1 … answer 500.',
    `States:  ${origin}/_contract/states  (POST {"state": …, "action": "setup"|"teardown"})`,
    `Exists:  ${origin}/_contract/state`,
  ],
};

/** The rules of the service that a document is about, by the operations that it declares; none for any other document. */
export function rulesOf(shapes: ReadonlySet<string>): Rules | undefined {
  return shapes.has(rules.underTest) ? rules : undefined;
}
