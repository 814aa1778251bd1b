import type { Check } from '../model.ts';
import { valuesOf } from './answer.ts';
import { show } from './show.ts';

export const corsCheck: Check = {
  name: 'cors',
  requirement: 'No answer lets every web page send credentials (Fetch standard, CORS protocol).',
  severity: 'violation',
  appliesTo: ({ exchange }) => exchange.response !== undefined,
  *run({ exchange, secrets }) {
    const { response } = exchange;
    if (response === undefined) return;
    const [origin] = valuesOf(response, 'access-control-allow-origin');
    const [credentials] = valuesOf(response, 'access-control-allow-credentials');
    if (origin === undefined || credentials?.toLowerCase() !== 'true') return;
    // No Origin was sent, so whatever is allowed here is allowed to all, or to a fixed one.
    if (origin !== '*' && origin !== 'null') return;
    yield {
      message: `credentials are allowed to ${origin === '*' ? 'every origin' : 'every sandboxed page'}`,
      where: 'header access-control-allow-origin',
      expected: 'named origins, or no credentials',
      actual: show({ secrets }, `Access-Control-Allow-Origin: ${origin}, Access-Control-Allow-Credentials: true`),
    };
  },
};
