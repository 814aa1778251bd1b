import type { Fault, On } from '../fault.ts';
import { inProbe } from './row.ts';

/** What the contract does not ask for changes something. */
export const requestFaults: readonly Fault[] = [
  inProbe('request/body', {
    name: 'request/body-names-another',
    says: 'A body that names another backup deletes that one',
    tamper: { do: 'read-id', as: 'from-body' },
    check: 'effect-untouched',
  }),
  breaks('body', 'request/body-breaks', 'A body on DELETE breaks the server', { body: true }),
  inProbe('request/unknown-query', {
    name: 'request/query-names-another',
    says: 'A query that names another backup deletes that one',
    tamper: { do: 'read-id', as: 'from-query' },
    check: 'effect-untouched',
  }),
  inProbe('request/named-one-still-deletable', {
    name: 'request/query-names-another-blindly',
    says: 'A query that names another backup deletes that one, on a server where nothing can be looked at',
    tamper: { do: 'read-id', as: 'from-query' },
    check: 'status',
    blind: 405,
  }),
  breaks('unknown-query', 'request/query-breaks', 'An unknown query parameter breaks the server', {
    path: /\?backup_id/,
  }),
  inProbe('request/unknown-header', {
    name: 'request/header-names-another',
    says: 'A header that names another backup deletes that one',
    tamper: { do: 'read-id', as: 'from-header' },
    check: 'effect-untouched',
  }),
  breaks('conditions', 'request/range-breaks', 'A range on DELETE breaks the server', { header: ['range', /./] }),
  inProbe('request/conditions', {
    name: 'request/range-is-partial',
    says: 'A DELETE with a range is answered 206',
    on: { header: ['range', /./] },
    tamper: { do: 'status', status: 206 },
    check: 'status',
  }),
  breaks('other-credentials', 'request/cookie-breaks', 'A cookie that cannot be read breaks the server', {
    header: ['cookie', /"/],
  }),
  breaks('version-empty', 'request/empty-version-breaks', 'An empty version breaks the server', {
    header: ['x-pinecone-api-version', /^$/],
    status: [404],
  }),
  breaks('version-unstable', 'request/unstable-breaks', 'The version unstable breaks the server', {
    header: ['x-pinecone-api-version', /^unstable$/],
  }),
  inProbe('request/accept-others', {
    name: 'request/xml-on-demand',
    says: 'Errors are XML where XML is asked for',
    on: { header: ['accept', /xml/] },
    tamper: [
      { do: 'header', name: 'Content-Type', value: 'application/xml' },
      { do: 'body', text: '<error>Not found</error>' },
    ],
    check: 'media-type',
  }),
  inProbe('request/force', {
    name: 'request/force-in-a-body',
    says: 'A body that asks for force lifts the precondition',
    on: { body: true, status: [412] },
    tamper: { do: 'answer', status: 202 },
    check: 'status',
  }),
  inProbe('request/body-on-unknown', {
    name: 'request/body-stands-in',
    says: 'Where the id in the path is unknown, the one in the body is deleted',
    on: { body: true, path: /[0-9a-f]{8}-[0-9a-f]{4}/ },
    tamper: { do: 'read-id', as: 'from-body' },
    check: 'status',
  }),
  inProbe('request/force', {
    name: 'request/force-in-query',
    says: 'With force=true a deletion is accepted although a restore job is pending',
    on: { path: /force=true/ },
    tamper: { do: 'answer', status: 202 },
    check: 'status',
  }),
  inProbe('request/force', {
    name: 'request/if-match-breaks',
    says: 'An If-Match header breaks the server',
    on: { header: ['if-match', /./] },
    tamper: { do: 'status', status: 500 },
    check: 'status',
  }),
  inProbe('request/accept-html', {
    name: 'request/html-on-demand',
    says: 'Whoever accepts HTML gets the error as a page',
    on: { header: ['accept', /html/] },
    tamper: [
      { do: 'header', name: 'Content-Type', value: 'text/html' },
      { do: 'body', text: '<h1>Not Found</h1>' },
    ],
    check: 'media-type',
  }),
  inProbe('request/accept-html', {
    name: 'request/page-for-browsers',
    says: 'Browsers get the error as a page',
    on: { header: ['user-agent', /^Mozilla/] },
    tamper: [
      { do: 'header', name: 'Content-Type', value: 'text/html' },
      { do: 'body', text: '<h1>Not Found</h1>' },
    ],
    check: 'media-type',
  }),
  breaks('accept-nothing', 'request/accept-nothing-breaks', 'An Accept that refuses everything breaks the server', {
    header: ['accept', /q=0/],
  }),
  breaks('accept-broken', 'request/accept-broken-breaks', 'An Accept that cannot be read breaks the server', {
    header: ['accept', /;;/],
  }),
  breaks('accept-language', 'request/language-breaks', 'A language that nobody speaks breaks the server', {
    header: ['accept-language', /xx/],
  }),
  inProbe('request/foreign-origin', {
    name: 'request/every-origin-is-welcome',
    says: 'Whatever web page asks is let in with credentials: its Origin is sent back to it',
    on: { header: ['origin', /./] },
    tamper: [
      { do: 'header', name: 'Access-Control-Allow-Origin', value: '{asked}' },
      { do: 'header', name: 'Access-Control-Allow-Credentials', value: 'true' },
    ],
    check: 'cors',
  }),
  inProbe('request/foreign-origin', {
    name: 'request/key-from-every-page',
    says: 'Every web page may send the key',
    on: { method: 'OPTIONS', header: ['origin', /./] },
    tamper: [
      { do: 'header', name: 'Access-Control-Allow-Origin', value: '*' },
      { do: 'header', name: 'Access-Control-Allow-Headers', value: 'api-key, content-type' },
    ],
    check: 'cors',
    as: 'advice',
  }),
  breaks('foreign-origin', 'request/origin-breaks', 'A request from another origin breaks the server', {
    header: ['origin', /./],
  }),
  inProbe('request/debug', {
    name: 'request/debug-shows-trace',
    says: 'Whoever asks for debugging is shown a stack trace',
    on: { header: ['x-debug', /true/] },
    tamper: { do: 'json', at: '/error/details', to: { at: 'at find (/srv/backups/store.js:41:9)' } },
    check: 'stack-trace',
  }),
  inProbe('request/debug', {
    name: 'request/debug-shows-machine',
    says: 'A request with debug flags is answered with the name of the machine',
    on: { path: /debug=true/ },
    tamper: { do: 'header', name: 'X-Backend', value: '10.12.0.7:8080' },
    check: 'internal-host',
  }),
  breaks('body-broken', 'request/broken-body-breaks', 'A body of broken JSON breaks the server', { body: true }),
  breaks('body-untyped', 'request/untyped-body-breaks', 'A body of no known type breaks the server', {
    header: ['content-type', /;;/],
  }),
  breaks('version-missing', 'request/version-missing-breaks', 'A request without a version breaks the server', {
    header: ['x-pinecone-api-version', /^$/],
  }),
  breaks('version-unknown', 'request/version-unknown-breaks', 'A version that nobody knows breaks the server', {
    header: ['x-pinecone-api-version', /^1999/],
  }),
  breaks('version-nonsense', 'request/version-nonsense-breaks', 'A version that is none breaks the server', {
    header: ['x-pinecone-api-version', /</],
  }),
  breaks('version-doubled', 'request/version-doubled-breaks', 'Two versions in one request break the server', {
    header: ['x-pinecone-api-version', /, /],
  }),
  inProbe('request/version-unknown', {
    name: 'request/version-unknown-has-other-errors',
    says: 'A version that nobody knows gets the flat errors of an old API',
    on: { header: ['x-pinecone-api-version', /^1999/] },
    tamper: { do: 'body', text: '{"code":5,"message":"not found","details":[]}' },
    check: 'schema',
  }),
];

function breaks(probe: string, name: string, says: string, on: On): Fault {
  return inProbe(`request/${probe}`, { name, says, on, tamper: { do: 'status', status: 500 }, check: 'status' });
}
