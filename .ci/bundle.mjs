// Joins the command line and its libraries into a few files in dist/cli: finding and reading hundreds of small ones
// took a third of a start. The library entries stay as tsc wrote them.
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

/**
 * undici is CommonJS, which cannot be shaken: its index runs fetch, WebSocket, caches and mocks, two thirds of its time,
 * for the three exports that harness/wire/line.ts imports. HTTP/2 is never negotiated there, and no form is
 * sent.
 */
const undici = {
  '/node_modules/undici/index.js': `module.exports = {
    Client: require('./lib/dispatcher/client.js'),
    buildConnector: require('./lib/core/connect.js'),
    get EnvHttpProxyAgent() {
      Object.assign(require('./lib/dispatcher/dispatcher.js').prototype, require('./lib/api'));
      return require('./lib/dispatcher/env-http-proxy-agent.js');
    },
  };`,
  '/node_modules/undici/lib/dispatcher/client-h2.js': '',
  '/node_modules/undici/lib/web/fetch/body.js': '',
};

const root = fileURLToPath(new URL('..', import.meta.url));
const outDir = 'dist/cli';
// All of it is read at each start: the shorter, the sooner.
const minify = true;

const usedOfUndici = {
  name: 'used-of-undici',
  load: (id) => Object.entries(undici).find(([path]) => id.replaceAll('\\', '/').endsWith(path))?.[1],
};

// Each file costs a millisecond. What a run needs to begin is one file, what it reads the contract with the next, what it
// asks and judges with the third, what it ends with the last; a module is of the first of these that imports it.
const start = 'dist/harness/cli.js';
const chunks = [
  { name: 'start', from: [start, 'dist/harness/commands/run.js'] },
  { name: 'run', from: ['dist/harness/commands/run-contract.js'] },
  {
    name: 'judge',
    from: ['run/run', 'checks/index', 'wire/send'].map((file) => `dist/harness/${file}.js`),
  },
  { name: 'reports', from: ['dist/harness/commands/write-reports.js'] },
].map((chunk) => ({ ...chunk, members: new Set() }));

/** All that is imported, without the imports that wait until they are needed. */
function closure(graph, id, found) {
  if (found.has(id)) return;
  found.add(id);
  for (const next of graph.getModuleInfo(id)?.importedIds ?? []) closure(graph, next, found);
}

await build({
  cwd: root,
  input: start,
  platform: 'node',
  // The same sources as ES modules, which can be shaken.
  resolve: { alias: { yaml: `${root}node_modules/yaml/browser/dist/index.js` } },
  plugins: [
    usedOfUndici,
    {
      name: 'closures',
      buildEnd() {
        for (const { from, members } of chunks) for (const file of from) closure(this, root + file, members);
      },
    },
  ],
  output: {
    dir: outDir,
    format: 'esm',
    cleanDir: true,
    minify,
    codeSplitting: {
      groups: chunks.map(({ name, members }, place) => ({
        name,
        priority: chunks.length - place,
        // The entry waits for what it imports, and may not be part of it.
        test: (id) => id !== root + start && members.has(id),
      })),
    },
  },
});

// A thread has a start of its own, and shares nothing.
await build({
  cwd: root,
  input: 'dist/harness/mock/mock-thread.js',
  platform: 'node',
  output: { file: `${outDir}/mock-thread.js`, format: 'esm', codeSplitting: false, minify },
});
