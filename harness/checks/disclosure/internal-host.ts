import type { Check, Subject } from '../../model/target.ts';
import { declaresHost } from '../reading/declared-hosts.ts';
import { documentedTexts } from '../reading/documented-texts.ts';
import { ownTextsOf } from '../reading/response-text.ts';
import { memoize } from '../../core/memoize.ts';
import { excerpt } from '../reading/excerpt.ts';

export const internalHostCheck: Check = {
  name: 'internal-host',
  requirement: 'No answer names a host or an address of the network behind the server.',
  severity: 'violation',
  remedy: 'Remove internal names and addresses from responses.',
  appliesTo: ({ exchange }) => exchange.response !== undefined,
  *run(subject) {
    for (const { where, text } of ownTextsOf(subject)) {
      if (aboutOthers.has(where)) continue;
      const host = hostsIn(text).find((found) => !isOwn(subject, found) && !isDeclared(subject, found));
      if (host === undefined) continue;
      yield {
        message: `the answer names ${excerpt(subject, host)}, which is a host of an internal network`,
        where,
        expected: 'no internal host',
        actual: excerpt(subject, text.split('\n').find((line) => line.includes(host)) ?? host),
        // The bare word may be said without meaning anything.
        ...(/^localhost$/i.test(host) ? { severity: 'advice' } : {}),
      };
    }
  },
};

const hostsIn = memoize((text) => [...text.matchAll(hosts)].map(([found]) => found));

/** Headers that name who may ask, not who answers. */
const aboutOthers = new Set(['header access-control-allow-origin', 'header content-security-policy']);

const before = String.raw`(?<![\w.-])(?<![\w.]\/)`;
const port = String.raw`(?::\d{1,5})?`;
const byte = String.raw`\d{1,3}`;
const addresses = [
  String.raw`10\.${byte}\.${byte}\.${byte}`,
  String.raw`172\.(?:1[6-9]|2\d|3[01])\.${byte}\.${byte}`,
  String.raw`192\.168\.${byte}\.${byte}`,
  String.raw`169\.254\.${byte}\.${byte}`,
  String.raw`127\.${byte}\.${byte}\.${byte}`,
].map((address) => `${address}${port}(?!\\.?\\d)`);
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** `error.internal` may be a code; a host has a digit, a hyphen, more labels, a port, or a scheme in front. */
const suffix = '(?:internal|consul|local|lan|corp|intranet|localdomain|svc)';
const names = [
  String.raw`(?:${label}\.){1,9}svc\.cluster\.local${port}`,
  String.raw`(?:${label}\.){2,9}${suffix}${port}(?![\w-]|\.\w)`,
  String.raw`(?=[a-z]{0,62}[\d-])${label}\.${suffix}${port}(?![\w-]|\.\w)`,
  String.raw`${label}\.${suffix}:\d{1,5}`,
  String.raw`(?<=:\/\/|@)${label}\.${suffix}(?![\w-]|\.\w)`,
  String.raw`ip-(?:10|172|192)-\d{1,3}-\d{1,3}-\d{1,3}(?![\w-])`,
  String.raw`localhost${port}(?![\w.-])`,
];
const hosts = new RegExp(
  `${before}(?:${[...addresses, ...names].join('|')})|\\[(?:::1|fe80:|f[cd][0-9a-f]{2}:)[0-9a-f:]{0,40}\\]`,
  'gi',
);

/** Whether it is the host that the request went to. */
function isOwn({ exchange }: Subject, found: string): boolean {
  const own = new URL(exchange.request.url);
  const [, name = found, foundPort] = /^(.*?)(?::(\d+))?$/.exec(found) ?? [];
  const samePort = foundPort === undefined || foundPort === own.port;
  const sameHost = name.toLowerCase() === own.hostname || (isLoopback(name) && isLoopback(own.hostname));
  return samePort && sameHost;
}

function isDeclared(subject: Subject, found: string): boolean {
  return (
    declaresHost(subject.case.operation.document, found) ||
    documentedTexts(subject).some(({ text, ofResponse }) => ofResponse && hostsIn(text).includes(found))
  );
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/i.test(host);
}
