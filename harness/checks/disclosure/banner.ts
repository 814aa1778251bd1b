import type { Check } from '../../model/target.ts';
import { valuesOf } from '../reading/response.ts';
import { excerpt } from '../reading/excerpt.ts';

export const bannerCheck: Check = {
  name: 'banner',
  requirement: 'No header names the version of the software that responds (RFC 9110 §10.2.4).',
  severity: 'advice',
  remedy: 'Turn the version off in the configuration of the server.',
  appliesTo: ({ exchange }) => exchange.response !== undefined,
  *run({ exchange, secrets }) {
    const { response } = exchange;
    if (response === undefined) return;
    for (const name of ['server', 'x-powered-by', 'x-aspnet-version', 'x-aspnetmvc-version', 'x-generator']) {
      const value = valuesOf(response, name).find((text) => /\d+\.\d+|\/\d/.test(text));
      if (value === undefined) continue;
      yield {
        message: `${name} names a version`,
        where: `header ${name}`,
        expected: 'no version',
        actual: excerpt({ secrets }, value),
      };
    }
  },
};
