import type { CaseRecord } from '../model/record.ts';
import type { Finding } from '../model/verdict.ts';

/** What is the same for findings that show the same difference, whatever ids, numbers and texts are in them. */
export function causeKey(record: CaseRecord, finding: Finding): string {
  const mask = maskOf(record);
  return JSON.stringify([finding.check, mask(placeOf(finding)), mask(withoutQuotes(finding))]);
}

/** The same for errors. */
export function errorKey(record: CaseRecord): string {
  const { code, message = '' } = record.error ?? {};
  // Which request found out that nobody answers makes no difference.
  const found =
    code === 'E_TARGET_UNREACHABLE' ? message.replace(/^[A-Z]+ \S+ failed: |, after \d+ tries$/g, '') : message;
  return JSON.stringify([code, maskOf(record)(found)]);
}

/** Elements of a list differ in nothing but their number; observers see the same effect from two sides. */
function placeOf({ where }: Finding): string {
  if (where.startsWith('observer ')) return 'observer';
  return where.replace(/\/\d+(?=\/|$)/g, '/*');
}

/** A text of the server that the message quotes says nothing about the kind of difference; what was expected does. */
function withoutQuotes({ message, actual }: Finding): string {
  return message.replace(/"(?:[^"\\]|\\.)*"/g, (quoted) => (actual.includes(quoted.slice(1, -1)) ? '"…"' : quoted));
}

function maskOf(record: CaseRecord): (text: string) => string {
  const ids = idsOf(record);
  return (text) => {
    const masked = ids.reduce((rest, id) => rest.replaceAll(id, '<id>'), text);
    return masked
      .replace(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi, '<id>')
      .replace(/\b[\da-f]*\d[\da-f]{7,}\b/gi, '<id>')
      .replace(/\b\d+(?= (?:bytes?|ms|s|characters?|milliseconds|seconds|came|more)\b)/g, '<n>');
  };
}

/** The last parts of the paths that were asked for, as they were written and as they read. Short ones are words, too. */
function idsOf(record: CaseRecord): readonly string[] {
  const parts = record.exchanges.map(({ request }) => request.url.replace(/[?#].*$/s, '').replace(/^.*\//s, ''));
  const ids = new Set(parts.flatMap((part) => [part, decoded(part)]).filter((part) => part.length >= 4));
  return [...ids].sort((a, b) => b.length - a.length);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
