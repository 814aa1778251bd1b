import type { Check } from '../../model/target.ts';
import { valuesOf, wholeResponse } from '../reading/response.ts';
import { excerpt } from '../reading/excerpt.ts';

export const cacheableErrorCheck: Check = {
  name: 'cacheable-error',
  requirement: 'No cache may keep an error: the next caller may have a key, or the backup may be there.',
  severity: 'violation',
  remedy: 'Send Cache-Control: no-store with errors.',
  appliesTo: (subject) => (wholeResponse(subject)?.status ?? 0) >= 400,
  *run(subject) {
    const answer = wholeResponse(subject);
    if (answer === undefined) return;
    const directives = valuesOf(answer, 'cache-control')
      .flatMap((value) => value.toLowerCase().split(','))
      .map((directive) => directive.trim());
    const [expires] = valuesOf(answer, 'expires');
    const expected = 'Cache-Control: no-store, or none';
    const kept = keeps(directives);
    if (kept !== undefined) {
      const actual = excerpt(subject, directives.join(', '));
      yield { message: `caches may keep this error: ${kept}`, where: 'header cache-control', expected, actual };
    } else if (expires !== undefined && directives.length === 0 && isLater(expires, valuesOf(answer, 'date')[0])) {
      yield {
        message: 'caches may keep this error: it expires later than it was sent',
        where: 'header expires',
        expected,
        actual: excerpt(subject, expires),
      };
    }
  },
};

/** The directive that lets a cache keep the answer. RFC 9111, section 5.2.2. */
function keeps(directives: readonly string[]): string | undefined {
  if (directives.some((directive) => /^(no-store|no-cache|private)\b/.test(directive))) return undefined;
  return directives.find(
    (directive) => directive === 'public' || /^(s-maxage|max-age)\s*=\s*"?0*[1-9]/.test(directive),
  );
}

/** Without a Date there is nothing to hold it against. */
function isLater(expires: string, date: string | undefined): boolean {
  return date !== undefined && Date.parse(expires) > Date.parse(date);
}
