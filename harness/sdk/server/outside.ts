import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { driverVariable } from '../driver/driver-watch.ts';

/** Who wanted to reach another host directly, and not by a proxy, as far as the namespace shows it. */
interface OutsideAttempts {
  /** A name that was looked up from a port of the namespace. */
  lookup(name: string, port: number): void;
  /** Every connection that comes to a server which listens on all addresses. */
  watch(server: Server): void;
  /** Those of the process that was started with that value of the variable of drivers. */
  readonly of: (mark: string) => readonly string[];
}

export function outsideAttempts(keeper: string): OutsideAttempts {
  const known = new Map<string, string[]>();
  const note = (what: string, protocol: 'tcp' | 'udp', port: number): void => {
    const mark = ownerOf(keeper, protocol, port) ?? '';
    known.set(mark, [...(known.get(mark) ?? []), what]);
  };
  return {
    lookup: (name, port) => note(`a lookup of ${name}`, 'udp', port),
    watch: (server) => {
      server.on('connection', (socket: Socket) => {
        socket.on('error', () => undefined);
        const { localAddress = 'another host', localPort = 0, remotePort = 0 } = socket;
        note(`a connection to ${localAddress}:${localPort}`, 'tcp', remotePort);
        socket.destroy();
      });
    },
    of: (mark) => known.get(mark) ?? [],
  };
}

/** The mark of the driver process that holds the socket with that local port, while it is open. */
function ownerOf(keeper: string, protocol: 'tcp' | 'udp', port: number): string | undefined {
  const inode = [protocol, `${protocol}6`].map((table) => inodeIn(`/proc/${keeper}/net/${table}`, port)).find(Boolean);
  if (inode === undefined) return undefined;
  const owner = readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && holds(pid, `socket:[${inode}]`));
  return owner === undefined ? undefined : new RegExp(`${driverVariable}=([^\\0]*)`).exec(environmentOf(owner))?.[1];
}

/** A line of /proc/net/tcp: `sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode`. */
function inodeIn(file: string, port: number): string | undefined {
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = textOf(file).split('\n').slice(1);
  const fields = lines.map((line) => line.trim().split(/\s+/));
  return fields.find(([, local = '', , , , , , , , inode]) => local.endsWith(ending) && inode !== '0')?.[9];
}

function holds(pid: string, socket: string): boolean {
  const folder = `/proc/${pid}/fd`;
  return or([], () => readdirSync(folder)).some((fd) => or('', () => readlinkSync(`${folder}/${fd}`)) === socket);
}

function environmentOf(pid: string): string {
  return textOf(`/proc/${pid}/environ`);
}

function textOf(file: string): string {
  return or('', () => readFileSync(file, 'latin1'));
}

/** What has ended meanwhile, or belongs to somebody else, cannot be read. */
function or<T>(nothing: T, read: () => T): T {
  try {
    return read();
  } catch {
    return nothing;
  }
}
