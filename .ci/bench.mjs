// What a start and a run cost, as ratios and times of one sitting: `npm run bench`. Nothing is asserted here, for times
// differ from machine to machine; everything stays on loopback.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { writeCopies } from './bench-scale.mjs';

const dist = fileURLToPath(new URL('../dist/harness/', import.meta.url));
const cli = fileURLToPath(new URL('../dist/harness/cli.js', import.meta.url));
const scale = fileURLToPath(new URL('bench-scale.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pcc-bench-'));
const rows = [];
const row = (what, value, note = '') => rows.push([what, value, note]);

try {
  starts();
  await ratesOfMocks();
  await costPerCase();
  await costOfReports();
  await growthOfDocuments();
  growthOfCases();
  timesOfSdkGate();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const widths = [0, 1].map((column) => Math.max(...rows.map((each) => each[column].length)));
for (const [what, value, note] of rows) {
  console.log(`${what.padEnd(widths[0])}  ${value.padStart(widths[1])}  ${note}`.trimEnd());
}

/** Beside a bare start of Node, in turns, so that a busy moment hits all of them. Medians of nine. */
function starts() {
  const run = [cli, 'run', '--quiet', '--reports', join(folder, 'reports')];
  const commands = [
    ['node -e 0', ['-e', '0']],
    ['--help', [cli, '--help'], 2],
    ['run, the declared cases, with all reports', [...run, '--case', '*/[0-9]*/**'], 6],
    ['run, all cases, with all reports', run, 10],
  ];
  const times = commands.map(() => []);
  for (let turn = 0; turn < 9; turn += 1) {
    for (const [place, [, args]] of commands.entries()) times[place].push(timed(() => node(args)));
  }
  for (const [place, [what, , aim]] of commands.entries()) {
    const ratio = median(times[place].map((each, turn) => each / times[0][turn])).toFixed(1);
    row(what, ms(median(times[place])), aim === undefined ? '' : `${ratio} × bare (aim: ${aim} × at most)`);
  }
}

function node(args) {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: folder });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
}

/** The mock with the rules of a service, and the one that knows nothing but a document. */
async function ratesOfMocks() {
  const unknown = '/backups/00000000-0000-4000-8000-000000000000';
  let fresh = 0;
  await ratesOf('mock', [], {
    'DELETE answered 404': () => ['DELETE', unknown, 404],
    'DELETE answered 202': () => ['DELETE', `/backups/ready-${(fresh += 1)}`, 202],
    'GET of a backup': () => ['GET', '/backups/pending-1', 200],
  });
  const spec = fileURLToPath(import.meta.resolve('@readme/oas-examples/3.0/json/petstore-expanded.json'));
  await ratesOf('mock of any document', ['--spec', spec], {
    'POST of a pet': () => ['POST', '/pets', 200, { name: 'a', tag: 'b' }],
    'GET of a pet': () => ['GET', '/pets/1', 200],
    'GET answered with an error': () => ['GET', '/pets/999999999', 404],
  });
}

/** Asked from this process, while it serves in one of its own. */
async function ratesOf(name, options, requests) {
  const key = 'pcsk_bench_0123456789';
  const env = { ...process.env, PINECONE_API_KEY: key };
  const mock = spawn(process.execPath, [cli, 'mock', '--quiet', ...options], { env });
  try {
    const origin = await new Promise((resolve, reject) => {
      let text = '';
      mock.stdout.on('data', (chunk) => {
        text += chunk;
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
        if (found) resolve(found[0]);
      });
      mock.on('exit', () => reject(new Error('the mock ended')));
    });
    const bare = spawn(process.execPath, [scale, 'bare']);
    const plain = JSON.parse(await firstLine(bare)).origin;
    for (const [what, next] of Object.entries(requests)) {
      const pools = [origin, plain].map((each) => new Pool(each, { connections: 8, pipelining: 1 }));
      const askPlain = () => {
        const [method, , , value] = next();
        return [method, '/', 200, value];
      };
      const ask = [next, askPlain];
      for (const [at, pool] of pools.entries()) await rate(pool, key, ask[at]);
      // In turns, so that a busy moment hits both.
      const rates = [[], []];
      const costs = [[], []];
      for (let turn = 0; turn < 3; turn += 1) {
        for (const [at, pool] of pools.entries()) {
          const before = cpuMs([mock, bare][at].pid);
          const each = await rate(pool, key, ask[at]);
          rates[at].push(each);
          costs[at].push((cpuMs([mock, bare][at].pid) - before) / each);
        }
      }
      const share = median(rates[0].map((each, turn) => each / rates[1][turn]));
      const cost = median(costs[0].map((each, turn) => costs[1][turn] / each));
      const inCpu = Number.isNaN(cost) ? '' : `, ${cost.toFixed(2)} × by processor time`;
      const note = `${share.toFixed(2)} × a bare node:http server${inCpu} (aim: 0.5 × at least)`;
      row(`${name}: ${what}`, `${Math.round(median(rates[0]))}/s`, note);
      for (const pool of pools) await pool.close();
    }
    bare.kill();
  } finally {
    mock.kill();
  }
}

/** The processor time that a process has taken, where the system says it: a busy machine does not change it. */
function cpuMs(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return Number.NaN;
  }
}

function firstLine({ stdout }) {
  return new Promise((resolve) => stdout.once('data', (chunk) => resolve(String(chunk))));
}

/** A job of bench-scale.mjs, in a process of its own. */
function scaled(job, argument) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', scale, job, String(argument)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${job} ${argument} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** One document of the size of a whole API 1, 10 and 100 times; the last has about 13 MB. Medians of three. */
async function growthOfDocuments() {
  const starts = {};
  for (const times of [1, 10, 100]) {
    const file = join(folder, `${times}.json`);
    await writeCopies(file, 7 * times);
    const size = statSync(file).size / 1e6;
    const loads = [0, 1, 2].map(() => scaled('load', file));
    const parses = [0, 1, 2].map(() => scaled('parse', file));
    const load = median(loads.map((each) => each.ms));
    const parse = median(parses.map((each) => each.ms));
    const rss = Math.max(...loads.map((each) => each.rss));
    starts[times] = load;
    const growth =
      times === 1 ? '' : `, ${((load - starts[1]) / (size - size / times)).toFixed(0)} ms for each further MB`;
    row(
      `load ${size.toFixed(1)} MB of JSON`,
      ms(load),
      `${(load / parse).toFixed(1)} × JSON.parse and ajv (aim: 4 × at most), ${Math.round(rss / 1e6)} MB${growth}`,
    );
  }
}

function growthOfCases() {
  for (const count of [1_000, 10_000, 100_000]) {
    const { ms: time, heap } = scaled('cases', count);
    row(`${count} cases`, `${(heap / 1e6).toFixed(1)} MB`, `beyond the cases themselves; ${ms(time / count)} a case`);
  }
}

async function rate(pool, key, next) {
  const seconds = 1;
  const end = performance.now() + seconds * 1000;
  let done = 0;
  const ask = async () => {
    while (performance.now() < end) {
      const [method, path, want, value] = next();
      const sent = value === undefined ? {} : { body: JSON.stringify(value) };
      const headers = { 'Api-Key': key, ...(value === undefined ? {} : { 'Content-Type': 'application/json' }) };
      const { statusCode, body } = await pool.request({ method, path, headers, ...sent });
      await body.dump();
      if (statusCode !== want) throw new Error(`${method} ${path} was answered ${statusCode}, not ${want}`);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: 8 }, ask));
  return done / seconds;
}

/** In one warm process: what each case adds. */
async function costPerCase() {
  const { checks, loadContract, mockTarget, run } = await import(join(dist, 'index.js'));
  const { operation, suite, cases } = await loadContract('delete_backup', {});
  const perCase = [];
  const perExchange = [];
  for (let turn = 0; turn < 7; turn += 1) {
    const target = await mockTarget({ document: operation.document });
    const start = performance.now();
    let exchanges = 0;
    for await (const verdict of run({ cases, target, suite, checks, seed: 1, concurrency: 8 })) {
      exchanges += verdict.exchanges.length;
    }
    perCase.push((performance.now() - start) / cases.length);
    perExchange.push((performance.now() - start) / exchanges);
    await target.close();
  }
  row('a case, warm', ms(median(perCase)), `${cases.length} cases, 8 at a time`);
  row('an exchange that is shown, with all checks', ms(median(perExchange)));
}

async function costOfReports() {
  node([cli, 'run', '--quiet', '--reports', join(folder, 'reports')]);
  const whole = JSON.parse(readFileSync(join(folder, 'reports', 'run.json'), 'utf8'));
  const reports = [
    [
      'terminal',
      'terminal/terminal.js',
      ({ terminalReport }) => terminalReport(whole, { columns: 80, colour: true, verbose: true }),
    ],
    ['run.json', 'terminal/terminal.js', () => JSON.stringify(whole, null, 2)],
    ['junit.xml', 'files/junit.js', ({ junitXml }) => junitXml([whole])],
    ['summary.md', 'files/markdown.js', ({ markdownSummary }) => markdownSummary([whole])],
    ['index.html', 'html/html.js', ({ htmlReport }) => htmlReport([whole])],
    ['run.har', 'files/har.js', ({ harLog }) => harLog([whole])],
    ['ctrf.json', 'files/ctrf.js', ({ ctrfReport }) => ctrfReport([whole])],
  ];
  for (const [name, file, make] of reports) {
    const room = await import(join(dist, 'report', file));
    const first = timed(() => make(room));
    const warm = Array.from({ length: 20 }, () => timed(() => make(room)));
    const bytes = Buffer.byteLength(String(make(room)));
    row(
      `report ${name}`,
      ms(first),
      `warm ${ms(median(warm))}, ${Math.ceil(bytes / 1024)} KiB for ${whole.cases.length} cases`,
    );
  }
}

function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function ms(value) {
  return `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`;
}

/** Of the releases that `sdk prepare` has installed here: all of them side by side, as the gate runs them. */
function timesOfSdkGate() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const cache = process.env.PINECONE_CONTRACT_CACHE ?? join(root, '.cache', 'sdks');
  if (!existsSync(cache)) {
    row('SDK gate', 'not measured', 'first: pinecone-contract sdk prepare --missing-toolchain skip');
    return;
  }
  const options = ['--missing-toolchain', 'skip', '--json', '--reports', join(folder, 'sdks')];
  const began = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, [cli, 'sdk', ...options], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (stdout === '') throw new Error(`the SDK gate ended without a result: ${stderr}`);
  row('SDK gate, all releases that are here', ms(performance.now() - began));
  for (const { subject, counts, cases, ms: took } of JSON.parse(stdout)) {
    const name = `SDK gate: ${subject.name} ${subject.version}`;
    const ran = counts.cases - counts.skip;
    if (ran === 0) row(name, 'not here', cases[0]?.reason ?? '');
    else
      row(
        name,
        ms(took),
        `${Math.round(cases.reduce((sum, each) => sum + each.ms, 0) / ran)} ms a case, several at a time`,
      );
  }
}
