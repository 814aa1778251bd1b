import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { type Mangled, mangled } from '../../harness/testing/mangled-responses.ts';
import { type Act, end, hang, reset, type Script } from '../../harness/testing/servers/scripted-socket.ts';
import { type Attack, canary, ownStates } from './attack.ts';

const body = JSON.stringify({ error: { code: 'NOT_FOUND', message: 'Backup not found.' }, status: 404 });

function response(status: number, text: string, headers = 'Content-Type: application/json'): string {
  return `HTTP/1.1 ${status} X\r\n${headers}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${Buffer.from(text).toString('latin1')}`;
}

const notFound = response(404, body);
const commands =
  '\n::set-output name=a::b\n##[add-mask]x\n##[stop-commands]t\r\n::error file=a,line=1::b\u001b[31m\u001b]0;x\u0007';

/** Every list answers with the address of one more page. */
const endlessList: Script = ({ method, path }) =>
  method === 'GET'
    ? [response(200, JSON.stringify({ data: [], indexes: [], pagination: { next: `n${path.length}` } }))]
    : [notFound];

const written: Readonly<Record<string, Script>> = {
  'closes at once': [end],
  'resets at once': [reset],
  'never answers': [hang],
  'answers one byte a second for ever': [{ drip: `HTTP/1.1 404 X\r\n${'X: y\r\n'.repeat(9000)}`, pauseMs: 1000 }],
  'sends headers without end': ['HTTP/1.1 404 X\r\n', { flood: 'X-Y: zzzzzzzz\r\n', bytes: 200_000_000 }],
  'sends a body without end': [
    'HTTP/1.1 404 X\r\nContent-Type: application/json\r\n\r\n',
    { flood: ' ', bytes: 500_000_000 },
  ],
  'sends chunks without end': [
    'HTTP/1.1 404 X\r\nTransfer-Encoding: chunked\r\n\r\n',
    { flood: '1\r\nx\r\n', bytes: 200_000_000 },
  ],
  'sends trailers without end': [
    'HTTP/1.1 404 X\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n',
    { drip: 'X: y\r\n'.repeat(50_000), pauseMs: 50, size: 6 },
  ],
  'sends informational responses without end': [{ flood: 'HTTP/1.1 103 Early Hints\r\n\r\n', bytes: 50_000_000 }],
  'promises 9 exabytes': ['HTTP/1.1 404 X\r\nContent-Length: 9223372036854775807\r\n\r\n{}', end],
  'sends a gzip bomb': ({ method }) => {
    const bomb = gzipSync(Buffer.alloc(300_000_000));
    const head = `HTTP/1.1 404 X\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`;
    return method === 'HEAD' ? [head] : [head, bomb];
  },
  'sends gzip that is none': [response(404, body, 'Content-Type: application/json\r\nContent-Encoding: gzip')],
  'nests JSON 100,000 levels deep': [response(404, '['.repeat(100_000))],
  'sends a million properties': [
    response(404, `{${Array.from({ length: 200_000 }, (_, index) => `"k${index}":1`).join(',')}}`),
  ],
  'sends a number of a million digits': [response(404, `{"status":${'9'.repeat(1_000_000)}}`)],
  'sends __proto__': [response(404, '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')],
  'repeats the key in the body': [response(404, body.replace('Backup', `Key ${canary}`))],
  'repeats the key in a header': [response(404, body, `Content-Type: application/json\r\nX-Key: ${canary}`)],
  'repeats the key in the reason': [notFound.replace('404 X', `404 ${canary}`)],
  'repeats the key in base64': [response(404, body.replace('Backup', Buffer.from(canary).toString('base64')))],
  'repeats the key without its beginning': [response(404, body.replace('Backup', canary.slice(4)))],
  'repeats the key in UTF-16': [response(404, body.replace('Backup', Array.from(canary).join('\\u0000')))],
  'repeats the key as entities': [
    response(
      404,
      body.replace(
        'Backup',
        canary.replace(/./g, (each) => `&#${each.charCodeAt(0)};`),
      ),
    ),
  ],
  'repeats the key as escapes': [
    response(
      404,
      body.replace(
        'Backup',
        canary.replace(/./g, (each) => `\\\\x${each.charCodeAt(0).toString(16)}`),
      ),
    ),
  ],
  'repeats the key percent-encoded three times': [
    response(
      404,
      body.replace(
        'Backup',
        canary.replace(/./g, (each) => `%252525${each.charCodeAt(0).toString(16)}`),
      ),
    ),
  ],
  'repeats the key in gzip': [
    `HTTP/1.1 404 X\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n`,
    gzipSync(body.replace('Backup', canary)),
    end,
  ],
  'sends commands of CI systems in the body': [
    response(404, JSON.stringify({ error: { code: commands, message: commands }, status: 404 })),
  ],
  'sends commands of CI systems as text': [response(404, commands, 'Content-Type: text/plain')],
  'sends commands of CI systems in headers': [
    response(404, body, 'Content-Type: ::set-output name=a::b\r\nX: ##[stop-commands]t\x1b[31m'),
  ],
  'sends a long line of commands': [
    response(
      404,
      JSON.stringify({
        error: { code: 'NOT_FOUND', message: `${'word '.repeat(40)}::error::x ${'word '.repeat(40)}` },
        status: 404,
      }),
    ),
  ],
  'redirects to another host': [response(302, '', 'Location: http://127.0.0.1:9/victim')],
  'redirects to itself': [response(307, '', 'Location: /backups/victim')],
  'asks for a password': [response(401, '', 'WWW-Authenticate: Basic realm="x"')],
  'switches protocols': [
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n',
    '\0\0\0',
    end,
  ],
  'speaks HTTP/2': ['\0\0\x12\x04\0\0\0\0\0', end],
  'speaks TLS': ['\x16\x03\x01\x02\0\x01\0', end],
  'says nothing but line feeds': [{ flood: '\r\n', bytes: 10_000_000 }],
  'sets a thousand cookies': [
    response(404, body, `Content-Type: application/json\r\n${'Set-Cookie: a=b\r\n'.repeat(1000)}X: y`),
  ],
  'throttles for ever': [response(429, '', 'Retry-After: 3600')],
  'answers 503 with a long Retry-After': [response(503, '', 'Retry-After: 20')],
  'answers each request with two responses': [notFound + response(202, '')],
};

const cases = ['--case', '**/404/**', '--case', '**/401/**'];
const run = (...more: readonly string[]): readonly string[] => [
  ...['run', '--target', '{origin}', '--states', 'states.yaml', '--reports', 'out', '--timeout', '1500'],
  ...(more.length === 0 ? cases : more),
];
const arrangedBy = (states: string, ...more: readonly string[]): readonly string[] => [
  ...['run', '--target', '{origin}', '--states', states, '--reports', 'out'],
  ...more,
];
const files = { 'states.yaml': ownStates };

function mangledScript({ bytes, cuts, last }: Mangled): readonly Act[] {
  const ends = [...new Set([...cuts.map((at) => at % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  return [...ends.map((to, index) => bytes.slice(ends[index - 1] ?? 0, to)), last];
}

/** Servers that answer what no server should, run against as live targets. */
export const serverAttacks: readonly Attack[] = [
  ...Object.entries(written).map(([name, server]) => ({ name: `server: ${name}`, args: run(), files, server })),
  { name: 'server: has a list without end', args: run('--case', '**/effect/**'), files, server: endlessList },
  {
    name: 'control plane: has a list without end',
    args: arrangedBy('pinecone', '--case', '**/202/**', '--timeout', '1500'),
    server: endlessList,
  },
  {
    name: 'control plane: answers 503 for ever',
    args: arrangedBy('pinecone', '--deadline', '10', '--timeout', '1500'),
    server: [response(503, '', 'Retry-After: 20')],
  },
  {
    name: 'state provider: gives the ids of others',
    args: arrangedBy('{origin}/state', '--deadline', '10', ...cases),
    server: ({ path }) => [path === '/state' ? response(200, '{"values":{"backup_id":"../indexes/prod"}}') : notFound],
  },
  {
    name: 'state provider: never answers',
    args: arrangedBy('{origin}/state', '--deadline', '10', '--case', '**/202/**'),
    server: ({ path }) => [path === '/state' ? hang : notFound],
  },
  ...fc.sample(mangled, { seed: 20_251_004, numRuns: 60 }).map((each, index) => ({
    name: `server: mangled response ${index}`,
    args: run('--case', '**/404/**'),
    files,
    server: mangledScript(each),
  })),
];
