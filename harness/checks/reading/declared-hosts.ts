import type { Json, OasDocument } from '../../model/document.ts';
import { isObject, member } from '../../openapi/document/pointer.ts';

const known = new WeakMap<OasDocument, readonly RegExp[]>();

/** Whether the document itself names a host: as one of its servers, or in an example of an address. */
export function declaresHost(document: OasDocument, found: string): boolean {
  const hosts = known.get(document) ?? hostsIn(document).map(patternOf);
  known.set(document, hosts);
  return hosts.some((host) => host.test(found) || host.test(found.replace(/:\d{1,5}$/, '')));
}

/** A variable in braces stands for any label or number. */
function patternOf(host: string): RegExp {
  const parts = host.split(/\{[^{}]*\}/).map((part) => part.replace(/[.*+?^$()|[\]\\-]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('[a-z0-9.-]{1,253}')}$`, 'i');
}

/** Of a URL its host with and without the port; of another text the text itself. */
function hostsOf(text: string): readonly string[] {
  const [, authority] = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(text) ?? [];
  const host = authority ?? text.split('/', 1)[0] ?? '';
  return host === '' ? [] : [host, host.replace(/:\d{1,5}$/, '')];
}

const addressFormats = new Set(['uri', 'url', 'iri', 'uri-reference', 'hostname', 'idn-hostname', 'ipv4', 'ipv6']);

/** The hosts of all servers, and those in examples, defaults and listed values of schemas whose format is an address. */
function hostsIn({ root }: OasDocument): readonly string[] {
  const found: string[] = [];
  const open: Json[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (Array.isArray(next)) {
      open.push(...(next as readonly Json[]));
      continue;
    }
    if (!isObject(next)) continue;
    open.push(...Object.values(next));
    found.push(...serversIn(member(next, 'servers')));
    const format = member(next, 'format') ?? member(member(next, 'schema'), 'format');
    if (typeof format !== 'string' || !addressFormats.has(format)) continue;
    const values = ['example', 'examples', 'default', 'const', 'enum'].flatMap((name) => textsIn(member(next, name)));
    found.push(...values.flatMap(hostsOf));
  }
  return found;
}

function serversIn(servers: Json | undefined): readonly string[] {
  if (!Array.isArray(servers)) return [];
  const urls = (servers as readonly Json[]).map((server) => member(server, 'url'));
  return urls.filter((url) => typeof url === 'string').flatMap(hostsOf);
}

function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap((each: Json) => textsIn(each)) : [];
}
