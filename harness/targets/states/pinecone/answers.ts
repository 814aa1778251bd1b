import { HarnessError } from '../../../core/errors.ts';
import { isRecord } from '../../../core/parsed-json.ts';
import { isPlainId } from '../../live/ledger-lines.ts';
import type { Answer } from './api.ts';

/** A text in a JSON answer, by its path: `textAt(body, 'status', 'state')`. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), value);
  return typeof found === 'string' ? found : undefined;
}

export function itemsAt(value: unknown, name: string): readonly unknown[] {
  const found = isRecord(value) ? value[name] : undefined;
  return Array.isArray(found) ? found : [];
}

/** An id that can stand in a path and be nothing but an id. */
export function idAt(value: unknown, name: string): string | undefined {
  const id = textAt(value, name);
  return id !== undefined && isPlainId(id) ? id : undefined;
}

/** The answer was not what arranging needs. */
export function unexpected(call: string, answer: Answer, wanted: string): HarnessError {
  const message = textAt(answer.body, 'error', 'message');
  return new HarnessError(
    'E_ARRANGE',
    `${call} answered ${answer.status}${message === undefined ? '' : ` (${message})`}; arranging a state needs ${wanted}`,
    { kind: 'target', hint: hints[answer.status] ?? 'Try the call by hand. No case was judged by this.' },
  );
}

const hints: Readonly<Record<number, string>> = {
  401: 'Set PINECONE_API_KEY to a key of this target.',
  402: 'Settle the payment of the organisation first.',
  403: 'A quota is used up: delete indexes or backups, or raise it.',
  404: 'Name a cloud and region that the target has: --cloud, --region.',
};
