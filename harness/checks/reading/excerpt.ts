import type { Subject } from '../../model/target.ts';
import { redactText } from '../../wire/secrets/redact.ts';

const longest = 160;

/** Text of an answer as it may stand in a finding: no secret in it, no control byte, cut where it is long. */
export function excerpt(subject: Pick<Subject, 'secrets'>, text: string): string {
  // Cut first where it is very long (redaction is slow there), and again after, when it is short enough to read.
  const masked = redactText(text.slice(0, longest * 10), subject.secrets);
  const cut = masked.length > longest ? `${masked.slice(0, longest)}…` : masked;
  return cut.replace(/[\x00-\x1f\x7f]/g, (control) => JSON.stringify(control).slice(1, -1));
}
