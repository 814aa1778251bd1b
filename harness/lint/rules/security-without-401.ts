import { requiresCredential } from '../../openapi/operation/security.ts';
import type { LintRule } from '../finding.ts';

export const securityWithout401Rule: LintRule = {
  id: 'security-without-401',
  title: 'An operation that asks for a credential declares what is answered without one.',
  severity: 'warning',
  *find({ operations }) {
    for (const { operation } of operations) {
      const { id, security, responses, at } = operation;
      if (!requiresCredential(operation)) continue;
      // A client certificate is refused before there is a response.
      if (security.every((alternative) => alternative.every(({ type }) => type === 'mutualTLS'))) continue;
      if (responses.some(({ key }) => /^(401|4XX|default)$/i.test(key))) continue;
      const schemes = [...new Set(security.flat().map(({ scheme }) => scheme))].join(', ');
      yield {
        at,
        message: `${id} asks for a credential (${schemes}) and declares no 401`,
        expected: 'a response 401',
        actual: responses.map(({ key }) => key).join(', ') || 'no response',
        remedy: 'Declare the response 401 with its body.',
        operations: [id],
      };
    }
  },
};
