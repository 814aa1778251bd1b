import { withoutUserInfo } from '../../core/text/shown-url.ts';
import { redactText } from './redact.ts';
import { holdsSecret, isWeakSecret } from './secret-forms.ts';

/** Values that are words of ours: a weak key that happens to be one of them must not change what they say. */
const ours = new Set(['id', 'kind', 'status', 'severity', 'check', 'code', 'step', 'response', 'pointer']);

/** The same data with the secrets and the user-info of URLs masked in every string: a server that leaks a key must not leak it into a report. */
export function redactDeep<T>(value: T, secrets: readonly string[]): T {
  const strong = secrets.filter((secret) => !isWeakSecret(secret));
  // A few letters that a key has in common with a word of ours are chance.
  const whole = (text: string): string => (holdsSecret(text, strong) ? redactText(text, strong) : text);
  const redact = (inner: unknown): unknown => {
    if (typeof inner === 'string') return withoutUserInfo(redactText(inner, secrets));
    if (Array.isArray(inner)) {
      if (inner.length >= 8 && inner.every(isByte) && holdsSecret(inner.join(), secrets))
        return redactText(inner.join(), secrets);
      const masked = inner.map(redact);
      return masked.some((item, at) => item !== inner[at]) ? masked : inner;
    }
    if (typeof inner !== 'object' || inner === null) return inner;
    // Hardly anything holds a secret, and a copy of everything takes its time.
    const entries = Object.entries(inner) as readonly (readonly [string, unknown])[];
    const masked = entries.map(([name, item]) => {
      const shown = typeof item === 'string' && ours.has(name) ? whole(item) : redact(item);
      const shownName = whole(name);
      return { entry: [shownName, shown] as const, same: shownName === name && shown === item };
    });
    return masked.every(({ same }) => same) ? inner : Object.fromEntries(masked.map(({ entry }) => entry));
  };
  return redact(value) as T;
}

/** A key that is written as its bytes. */
function isByte(item: unknown): boolean {
  return Number.isInteger(item) && Number(item) >= 0 && Number(item) <= 255;
}
