import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isLoopbackAddress } from '../../core/loopback.ts';

/**
 * An address of another machine that a host name resolves to now; undefined where there is none. A name that cannot be
 * resolved has none: nothing can be sent to it.
 */
export async function addressElsewhere(host: string): Promise<string | undefined> {
  const name = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(name) !== 0) return isLoopbackAddress(name) ? undefined : name;
  const found = await lookup(name, { all: true }).catch(() => []);
  return found.map(({ address }) => address).find((address) => !isLoopbackAddress(address));
}
