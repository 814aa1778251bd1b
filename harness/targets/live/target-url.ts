import { keyVariable } from '../../core/default-suite.ts';
import { HarnessError } from '../../core/errors.ts';
import { isLoopbackAddress, isLoopbackName } from '../../core/loopback.ts';
import { addressElsewhere } from './loopback.ts';

/** What the user has agreed to. */
export interface Allowed {
  readonly destructive?: boolean;
  /** Whether operations may make resources on a host that is not loopback. */
  readonly create?: boolean;
  readonly production?: boolean;
  readonly plainHttp?: boolean;
}

/** Where a live target is. */
export interface TargetUrl {
  readonly origin: string;
  /** Such as `/api/v1`; empty where the URL has no path. */
  readonly prefix: string;
  /** Whether it is this machine, by name and by every address that the name resolves to. */
  readonly loopback: boolean;
}

/** Read the URL of a live target and refuse the ones that were not asked for by name and flag. */
export async function readTargetUrl(text: string, allowed: Allowed): Promise<TargetUrl> {
  const url = parse(text);
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  if ((host === 'pinecone.io' || host.endsWith('.pinecone.io')) && allowed.production !== true) {
    throw new HarnessError(
      'E_TARGET_PRODUCTION',
      `${url.origin} is a production host of Pinecone: nothing is sent to it`,
      {
        hint: 'Point --target at a staging control plane. If production is what you mean, add --allow-production.',
      },
    );
  }
  // Any name may resolve to any machine, those below .localhost included.
  const elsewhere = isLoopbackName(host) ? await addressElsewhere(host) : host;
  const shown = elsewhere === undefined || elsewhere === host ? url.origin : `${url.origin} (${elsewhere})`;
  if (elsewhere !== undefined && allowed.destructive !== true) {
    throw new HarnessError('E_TARGET_SHARED', `${shown} is not this machine, and the cases delete things`, {
      hint: 'Add --allow-destructive. Only what this run arranges, or the states file names, is ever deleted.',
    });
  }
  if (elsewhere !== undefined && url.protocol === 'http:' && allowed.plainHttp !== true) {
    throw new HarnessError('E_TARGET_PLAIN', `${shown} would carry the API key over the network in plain text`, {
      hint: 'Use https. If plain text is what you mean, add --allow-plain-http.',
    });
  }
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, ''), loopback: elsewhere === undefined };
}

/**
 * Why a connection to that IP address may not be used: a name that resolved to this machine when the run began may
 * resolve to another one later. Asked for every connection, before anything is sent over it.
 */
export function refusalOf({ origin, loopback }: TargetUrl, address: string): HarnessError | undefined {
  if (!loopback || isLoopbackAddress(address)) return undefined;
  return new HarnessError(
    'E_TARGET_SHARED',
    `nothing was sent: ${origin} was this machine when the run began, and now it is ${address}`,
    {
      kind: 'target',
      hint: 'Look at what the name resolves to, or give the address itself: --target http://127.0.0.1:PORT.',
    },
  );
}

function parse(text: string): URL {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw new HarnessError(
      'E_TARGET',
      `--target ${JSON.stringify(printable(text))} is neither mock, fixtures nor an http(s) URL`,
      {
        hint: 'Such as --target https://staging.example.com or --target http://127.0.0.1:4010.',
      },
    );
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw new HarnessError('E_TARGET_CREDENTIALS', `The target's URL at ${url.host} has credentials in it`, {
      hint: `Leave them out: the API key comes from ${keyVariable}.`,
    });
  }
  if (url.search !== '' || url.hash !== '') {
    throw new HarnessError('E_TARGET', `The target's URL at ${url.host} has a query or a fragment`, {
      hint: 'Give the base URL alone; the paths of the document are added to it.',
    });
  }
  return url;
}

/** What may be shown of a text that is no URL: nothing before an `@`, which may be a password. */
function printable(text: string): string {
  return text.replace(/^.*@/s, '…@').slice(0, 200);
}
