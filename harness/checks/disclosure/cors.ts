import type { Operation } from '../../model/document.ts';
import type { Check } from '../../model/target.ts';
import { valuesOf } from '../reading/response.ts';
import { excerpt } from '../reading/excerpt.ts';

export const corsCheck: Check = {
  name: 'cors',
  requirement: 'No answer lets every web page send credentials (Fetch standard, CORS protocol).',
  severity: 'violation',
  remedy: 'Name the origins that may read responses.',
  appliesTo: ({ exchange }) => exchange.response !== undefined,
  *run({ exchange, secrets, case: { operation } }) {
    const { response, request } = exchange;
    if (response === undefined) return;
    const [origin] = valuesOf(response, 'access-control-allow-origin');
    if (origin === undefined) return;
    const place = { where: 'header access-control-allow-origin', actual: excerpt({ secrets }, origin) };
    const [asked] = valuesOf(request, 'origin');
    const credentials = valuesOf(response, 'access-control-allow-credentials').some((value) => /^true$/i.test(value));
    const whom = origin === '*' ? 'every origin' : origin === 'null' ? 'every sandboxed page' : undefined;
    if (credentials && (whom !== undefined || origin === asked)) {
      const message = `credentials are allowed to ${whom ?? 'whatever origin asks'}`;
      yield { message, expected: 'named origins, or no credentials', ...place };
    } else if (origin === '*' && allowsKey(operation, valuesOf(response, 'access-control-allow-headers'))) {
      const message = 'every web page may send the key';
      yield { message, expected: 'named origins', ...place, severity: 'advice' };
    }
  },
};

function allowsKey({ security }: Operation, allowed: readonly string[]): boolean {
  const names = allowed.flatMap((value) => value.toLowerCase().split(',')).map((name) => name.trim());
  return security
    .flat()
    .some(
      (credential) =>
        credential.in === 'header' && names.some((name) => name === '*' || name === credential.name.toLowerCase()),
    );
}
