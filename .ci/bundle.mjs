// Joins the command line and its libraries into a few files in dist/cli: finding and reading hundreds of small ones
// took a third of a start. The library entries stay as tsc wrote them.
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

/**
 * undici is CommonJS, which cannot be shaken: its index runs fetch, WebSocket, caches and mocks, two thirds of its time,
 * for the three exports that harness/wire/line.ts imports. HTTP/2 is never negotiated there.
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
};

await build({
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  input: 'dist/harness/cli.js',
  platform: 'node',
  plugins: [
    {
      name: 'used-of-undici',
      load: (id) => Object.entries(undici).find(([path]) => id.replaceAll('\\', '/').endsWith(path))?.[1],
    },
  ],
  // Half of the text is white space and comments, which would be read at each start.
  output: {
    dir: 'dist/cli',
    format: 'esm',
    cleanDir: true,
    minify: { mangle: false, compress: false, codegen: { removeWhitespace: true } },
  },
});
