import { holdsSecret } from '../../wire/secrets/secret-forms.ts';
import type { RuleViolation, Observed, SdkRule } from './rule.ts';
import type { ReceivedRequest } from '../server/script.ts';
import { targetIssue } from './target.ts';
import { addedVersion } from '../cases/client-row.ts';
import { keyHeader, valuesOf, versionHeader } from '../server/wire-headers.ts';

/** What must hold for every request that reaches the wire. */
export const requestRules: readonly SdkRule[] = [
  {
    name: 'sdk/readable-request',
    requirement: 'Every request is well-formed HTTP/1.1.',
    waivable: 'by-review',
    run: (o) =>
      eachRequest(o, (request) =>
        request.unreadable === undefined
          ? undefined
          : { message: 'The request is not HTTP.', expected: 'an HTTP/1.1 request', actual: request.unreadable },
      ),
  },
  {
    name: 'sdk/method',
    requirement: 'Every request uses the method of the operation.',
    waivable: 'by-review',
    run: (o) =>
      eachReadable(o, ({ method }) =>
        method === o.case.operation.method
          ? undefined
          : { message: 'The method is wrong.', expected: o.case.operation.method, actual: method },
      ),
  },
  {
    name: 'sdk/path',
    requirement: 'The path is the one of the operation, with one segment that percent-decodes to the id.',
    waivable: 'by-review',
    run: (o) =>
      eachReadable(o, ({ target, method }) => {
        const issue = targetIssue(target, o.case.path, o.case.value);
        if (issue === undefined) return undefined;
        return {
          message: `The wrong thing is addressed: ${issue}.`,
          expected:
            o.case.refusal === 'required'
              ? 'a refusal, and no request'
              : `${o.case.path} with ${short(JSON.stringify(o.case.value))} as one segment`,
          actual: short(`${method} ${target}`),
          hint: 'Percent-encode the id as one path segment, and refuse an empty id, "." and "..".',
        };
      }),
  },
  {
    name: 'sdk/query',
    requirement: 'The request has no query: the operation declares none.',
    waivable: 'by-review',
    run: (o) =>
      eachReadable(o, ({ target }) =>
        target.includes('?')
          ? { message: 'The request has a query.', expected: 'no query', actual: short(target) }
          : undefined,
      ),
  },
  {
    name: 'sdk/api-key',
    requirement: 'Exactly one Api-Key header carries the key, unchanged.',
    waivable: 'by-review',
    run: (o) =>
      eachReadable(o, ({ headers }) => {
        const values = valuesOf(headers, keyHeader);
        if (values.length === 1 && values[0] === o.key) return undefined;
        return {
          message: 'The key is not sent as the operation asks.',
          expected: 'one Api-Key header with the key as given',
          actual: values.length === 1 ? 'one Api-Key header with another value' : `${values.length} Api-Key headers`,
        };
      }),
  },
  {
    name: 'sdk/key-nowhere-else',
    requirement: 'The key is in the Api-Key header and nowhere else in the request.',
    waivable: 'by-review',
    run: (o) =>
      eachReadable(o, ({ target, headers, body }) => {
        const places = [
          ...(holdsSecret(target, [o.key]) ? ['the request target'] : []),
          ...headers
            .filter(([name, value]) => name.toLowerCase() !== keyHeader.toLowerCase() && holdsSecret(value, [o.key]))
            .map(([name]) => `header ${name}`),
          ...(holdsSecret(body, [o.key]) ? ['the body'] : []),
        ];
        if (places.length === 0) return undefined;
        return {
          message: 'The key is sent where it does not belong.',
          expected: 'only in Api-Key',
          actual: places.join(', '),
        };
      }),
  },
  {
    name: 'sdk/api-version',
    requirement: `Exactly one ${versionHeader} header names the API version of the release.`,
    waivable: 'by-review',
    run: (o) =>
      eachReadable(o, ({ headers }) => {
        // It is the same in every case: one defect is not reported seventy times.
        if (o.case.group !== 'declared' && !isAboutHeaders(o)) return undefined;
        const values = valuesOf(headers, versionHeader);
        const [value] = values;
        if (values.length === 1 && (value === o.api || (isAboutHeaders(o) && value === addedVersion))) return undefined;
        return {
          message:
            values.length > 1 ? 'The version header is sent more than once.' : 'The version header is not right.',
          expected: `one ${versionHeader}: ${o.api}`,
          actual: values.length === 0 ? 'none' : `${values.length}: ${values.join(' and ')}`,
        };
      }),
  },
  {
    name: 'sdk/no-body',
    requirement: 'The request has no body, and no header that announces one: the operation declares none.',
    waivable: 'by-review',
    run: (o) =>
      eachReadable(o, ({ headers, body }) => {
        if (o.case.operation.requestBody !== undefined) return undefined;
        if (body !== '') {
          return {
            message: 'The request has a body.',
            expected: 'no body',
            actual: `${Buffer.byteLength(body)} bytes`,
          };
        }
        const [type] = valuesOf(headers, 'Content-Type');
        if (type === undefined) return undefined;
        return {
          message: 'The request announces a media type, but has no body.',
          expected: 'no Content-Type',
          actual: `Content-Type: ${type}`,
          severity: 'advice',
        };
      }),
  },
  {
    name: 'sdk/user-agent',
    requirement: 'The User-Agent names the release that is being judged.',
    waivable: 'never',
    run: (o) =>
      eachReadable(o, ({ headers }) => {
        const agent = valuesOf(headers, 'User-Agent').join(', ');
        if (agent.includes(o.userAgent)) return undefined;
        return {
          message: 'Another release was running, or the release does not know its own version.',
          expected: `a User-Agent with ${o.userAgent}`,
          actual: agent === '' ? 'no User-Agent' : agent,
          hint: 'When the release was published with a wrong version inside, write what it says as userAgent in sdk.yaml.',
        };
      }),
  },
];

/** Whether somebody beside the client sets headers. */
function isAboutHeaders({ case: { use } }: Observed): boolean {
  const own = versionHeader.toLowerCase();
  return use?.headers !== undefined || Object.values(use?.environment ?? {}).some((value) => value.includes(own));
}

type Part = Omit<RuleViolation, 'where'>;

function* eachRequest(o: Observed, judge: (request: ReceivedRequest) => Part | undefined): Iterable<RuleViolation> {
  const seen = new Set<string>();
  for (const [index, request] of o.requests.entries()) {
    const part = judge(request);
    // The same breach in each retry is one breach.
    if (part === undefined || seen.has(part.actual)) continue;
    seen.add(part.actual);
    yield { ...part, where: `request ${index + 1}` };
  }
}

function eachReadable(o: Observed, judge: (request: ReceivedRequest) => Part | undefined): Iterable<RuleViolation> {
  return eachRequest(o, (request) => (request.unreadable === undefined ? judge(request) : undefined));
}

function short(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
