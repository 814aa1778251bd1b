import { HarnessError } from '../../core/errors.ts';
import type { Operation } from '../../model/document.ts';
import type { ListedOperation } from './operation.ts';

/** An operation beside the one under test; nothing where the document has a mistake in it. */
export function usableOperation(listed: ListedOperation): Operation | undefined {
  try {
    return listed.operation();
  } catch (thrown) {
    if (thrown instanceof HarnessError) return undefined;
    throw thrown;
  }
}
