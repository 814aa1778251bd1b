import { keyVariable } from '../../core/default-suite.ts';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { HarnessError, messageOf } from '../../core/errors.ts';
import { checkedKey } from '../../targets/live/key.ts';
import { defaultLimits } from '../../wire/limits.ts';
import { openWire } from '../../wire/send.ts';
import { targetsHint } from '../shared/target-names.ts';
import type { Checkup } from './checkup.ts';

/** Node 20.19 or later. */
export function checkNode(version: string): Checkup {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const good = major > 20 || (major === 20 && minor >= 19);
  return { name: 'Node', state: good ? 'good' : 'bad', words: good ? version : `${version}; 20.19 or later is needed` };
}

export function checkKey(key: string, needed: boolean): Checkup {
  const name = 'API key';
  if (key === '') {
    const words = `${keyVariable} is not set; runs against a URL need it`;
    return { name, state: needed ? 'bad' : 'absent', words };
  }
  try {
    checkedKey(key);
    return { name, state: 'good', words: `${keyVariable} is set, ${key.length} characters` };
  } catch (thrown) {
    return { name, state: 'bad', words: messageOf(thrown) };
  }
}

/** Asks for the base URL without a key: any answer says that the server is there. */
export async function checkServer(
  url: string,
  config?: string,
): Promise<{ readonly checkup: Checkup; readonly date?: string }> {
  const name = 'target';
  if (!URL.canParse(url) || !/^https?:/i.test(url)) {
    throw new HarnessError('E_TARGET', `${url} is neither a target of the configuration nor a URL`, {
      hint: `A URL begins with http:// or https://. ${await targetsHint(url, config)}`,
    });
  }
  const { origin, pathname } = new URL(url);
  const wire = openWire({ origin, limits: defaultLimits, secrets: [] });
  try {
    const { response, fault, ms } = await wire.send({ method: 'GET', path: pathname, headers: [] });
    if (response === undefined) {
      return { checkup: { name, state: 'bad', words: `${url}: ${fault?.message ?? 'no answer'}` } };
    }
    const date = response.headers.find(([header]) => header.toLowerCase() === 'date')?.[1];
    const words = `${url} answers (${response.status} to GET ${pathname}, ${Math.round(ms)} ms)`;
    return { checkup: { name, state: 'good', words }, ...(date === undefined ? {} : { date }) };
  } finally {
    await wire.close();
  }
}

/** More than this makes the ages of resources and the ends of waivers doubtful. */
const mostSkewSeconds = 60;

/** `answered`: whether the server, whose `Date` it is, has answered at all. */
export function checkClock(date: string | undefined, now: Date, answered = true): Checkup {
  const name = 'clock';
  if (!answered) return { name, state: 'absent', words: 'not compared: the target has not answered' };
  const server = Date.parse(date ?? '');
  if (Number.isNaN(server)) return { name, state: 'absent', words: 'the server sends no Date to compare with' };
  const skew = Math.round((now.getTime() - server) / 1000);
  if (Math.abs(skew) <= mostSkewSeconds) return { name, state: 'good', words: 'agrees with that of the server' };
  const words = `differs by ${Math.abs(skew)} s from that of the server; set one of them right`;
  return { name, state: 'bad', words };
}

export function checkProxy(env: Readonly<Record<string, string | undefined>>): Checkup {
  const set = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy'].filter(
    (name) => (env[name] ?? '') !== '',
  );
  // Its value may hold a password.
  return {
    name: 'proxy',
    state: set.length === 0 ? 'absent' : 'good',
    words: set.length === 0 ? 'none is set' : `${set.join(', ')} is set`,
  };
}

const toolchains: readonly (readonly [language: string, command: string, ...args: string[]])[] = [
  ['python', 'python3', '--version'],
  ['go', 'go', 'version'],
  ['java', 'java', '-version'],
  ['csharp', 'dotnet', '--version'],
];

/** What `sdk` needs beside Node; each is needed only for the SDK of its language. */
export function checkToolchains(): Promise<readonly Checkup[]> {
  return Promise.all(
    toolchains.map(async ([language, command, ...args]) => {
      const name = `sdk ${language}`;
      try {
        const { stdout, stderr } = await promisify(execFile)(command, args, { timeout: 10_000 });
        return { name, state: 'good', words: (stdout.trim() || stderr.trim()).split('\n')[0] ?? '' } as const;
      } catch {
        return { name, state: 'absent', words: `no ${command} on this machine` } as const;
      }
    }),
  );
}
