import { HarnessError } from '../../core/errors.ts';
import { below } from '../../openapi/document/pointer.ts';
import type { Suite } from '../suite.ts';

/** Where a request of a suite stands, and which values it may use there. */
export interface RequestPlace {
  readonly suite: Suite;
  /** The parts of its JSON pointer in suite.yaml. */
  readonly at: readonly string[];
  /** The names that have a value; undefined where only the target knows them. */
  readonly known?: ReadonlySet<string>;
}

/** A mistake at a place of a suite.yaml. */
export function suiteError(
  suite: Pick<Suite, 'file' | 'lines'>,
  at: readonly string[],
  message: string,
  hint: string,
): HarnessError {
  const line = nearestLine(suite.lines ?? {}, at);
  return new HarnessError('E_SUITE', `${suite.file}${line === undefined ? '' : `:${line}`} ${message}`, { hint });
}

function nearestLine(lines: Readonly<Record<string, number>>, at: readonly string[]): number | undefined {
  for (let length = at.length; length > 0; length--) {
    const line = lines[below('', ...at.slice(0, length))];
    if (line !== undefined) return line;
  }
  return undefined;
}
