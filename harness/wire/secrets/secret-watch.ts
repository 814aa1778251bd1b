import { holdsSecret } from './secret-forms.ts';

/** Bytes that arrive in chunks are searched together from so many on. */
const windowBytes = 128 * 1024;
/** No form of a key is longer than this, so that none is cut at the border of two windows. */
const overlapBytes = 16 * 1024;

/** Searches a stream of any length for the secrets, in every form that {@link holdsSecret} knows. */
export function secretWatch(secrets: readonly string[]): {
  add(chunk: Uint8Array): void;
  /** Whether any of them was in what was added. */
  end(): boolean;
} {
  const waiting: Uint8Array[] = [];
  let bytes = 0;
  let found = false;
  const search = (): void => {
    const window = Buffer.concat(waiting.splice(0));
    found ||= holdsSecret(window, secrets);
    const kept = window.subarray(-overlapBytes);
    waiting.push(kept);
    bytes = kept.length;
  };
  return {
    add: (chunk) => {
      if (found || secrets.length === 0) return;
      waiting.push(chunk);
      bytes += chunk.length;
      if (bytes >= windowBytes) search();
    },
    end: () => {
      if (!found && bytes > 0) search();
      return found;
    },
  };
}
