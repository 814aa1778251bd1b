import type { Check } from '../../model/target.ts';
import { valuesOf } from '../reading/response.ts';
import { excerpt } from '../reading/excerpt.ts';

/**
 * A cookie makes a credential that browsers add by themselves, in an API that declares none. Those of load balancers and
 * bot filters are set by what stands in front, whatever the API does: they are worth a word, not a failure.
 */
export const setCookieCheck: Check = {
  name: 'set-cookie',
  requirement: 'No answer sets a cookie where the document declares none.',
  severity: 'violation',
  remedy: 'Send no cookies from an API that is used with a key.',
  appliesTo: ({ exchange, case: { operation }, response }) =>
    exchange.response !== undefined &&
    !operation.security.flat().some((credential) => credential.in === 'cookie') &&
    response?.headers.some(({ name }) => name.toLowerCase() === 'set-cookie') !== true,
  *run(subject) {
    const { response } = subject.exchange;
    if (response === undefined) return;
    for (const cookie of valuesOf(response, 'set-cookie')) {
      const name = /^[^=;]*/.exec(cookie)?.[0].trim() ?? '';
      yield {
        message: `the answer sets the cookie ${excerpt(subject, name)}`,
        where: 'header set-cookie',
        expected: 'no Set-Cookie',
        // A session may be in its value.
        actual: `${excerpt(subject, name)}=…`,
        ...(ofInfrastructure.test(name) ? { severity: 'advice' } : {}),
      };
    }
  },
};

const ofInfrastructure =
  /^(__cf|_cfuvid|cf_clearance|AWSALB|AWSELB|GCLB|GAESA|BIGip|TS01|incap_ses|visid_incap|ARRAffinity|ak_bmsc|bm_)/i;
