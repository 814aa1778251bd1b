/** What this machine, not the server, had run out of. */
const shortages: Readonly<Record<string, string>> = {
  EMFILE: 'this process may not open more files and connections',
  ENFILE: 'the system has no more files and connections to give',
  ENOBUFS: 'the system has no more network buffers',
  ENOMEM: 'there is not enough memory',
  EADDRNOTAVAIL: 'no local address or port is free',
  ERR_WORKER_OUT_OF_MEMORY: 'there is not enough memory',
};

/** What to do about it. */
export const shortageHint =
  'Nothing is known about the server. Give this process more: `ulimit -n 1024` for files and connections, --concurrency 1 to need fewer.';

/** In words, what this machine lacks; absent for an error that is about something else. */
export function shortageOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  const what = Object.hasOwn(shortages, code) ? shortages[code] : undefined;
  return what === undefined ? shortageOf(thrown.cause) : `this machine could not go on: ${what} (${code})`;
}
