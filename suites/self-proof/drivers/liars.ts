/** A driver that does one thing wrong, the rule that claims it, and the cases in which it shows. */
interface Liar {
  readonly name: string;
  readonly caughtBy: string;
  readonly cases: readonly string[];
  /** It runs until it is stopped; so do all that E_DRIVER_HANG claims. */
  readonly hangs?: true;
  /** Where it can be seen in a network namespace only. */
  readonly isolated?: true;
  /** Where it can be seen on Linux only. */
  readonly linux?: true;
  /** Where it shows only in a process that serves one case (protocol 1), or only in one that serves many (1.1). */
  readonly only?: 'single' | 'serving';
  /** Retry-After in seconds, where the one of the case is so short that a slow machine takes as long for sending again. */
  readonly retryAfter?: number;
}

function client(name: string): readonly string[] {
  return [`sdk/delete_backup/client/${name}`];
}

const accepted = ['sdk/delete_backup/202/no-content'];
const notFound = ['sdk/delete_backup/404/**'];
const fault = ['sdk/delete_backup/500/**'];
const redirect = ['sdk/delete_backup/reply/redirect-303'];
const silence = ['sdk/delete_backup/reply/silence'];

export const liars: readonly Liar[] = [
  { name: 'wrong-method', caughtBy: 'sdk/method', cases: accepted },
  { name: 'unescaped-id', caughtBy: 'sdk/path', cases: ['sdk/delete_backup/id/climb-to-collection'] },
  { name: 'twice-escaped-id', caughtBy: 'sdk/path', cases: ['sdk/delete_backup/id/percent'] },
  {
    name: 'sends-empty-id',
    caughtBy: 'sdk/path',
    cases: ['sdk/delete_backup/id/empty', 'sdk/delete_backup/id/dot-dot'],
  },
  { name: 'raw-request', caughtBy: 'sdk/readable-request', cases: ['sdk/delete_backup/id/space'] },
  { name: 'adds-query', caughtBy: 'sdk/query', cases: accepted },
  { name: 'key-in-query', caughtBy: 'sdk/key-nowhere-else', cases: accepted },
  { name: 'no-key', caughtBy: 'sdk/api-key', cases: accepted },
  { name: 'key-twice', caughtBy: 'sdk/api-key', cases: accepted },
  { name: 'key-as-bearer-too', caughtBy: 'sdk/key-nowhere-else', cases: accepted },
  { name: 'no-version', caughtBy: 'sdk/api-version', cases: accepted },
  { name: 'stale-version', caughtBy: 'sdk/api-version', cases: accepted },
  { name: 'version-twice', caughtBy: 'sdk/api-version', cases: accepted },
  { name: 'body-on-delete', caughtBy: 'sdk/no-body', cases: accepted },
  { name: 'other-release-on-the-wire', caughtBy: 'sdk/user-agent', cases: accepted },
  { name: 'retries-404', caughtBy: 'sdk/sends', cases: notFound },
  { name: 'retries-202', caughtBy: 'sdk/sends', cases: accepted },
  { name: 'never-retries', caughtBy: 'sdk/sends', cases: fault },
  { name: 'changes-when-sent-again', caughtBy: 'sdk/same-again', cases: fault },
  { name: 'impatient', caughtBy: 'sdk/retry-after', retryAfter: 60, cases: ['sdk/delete_backup/retry/429-then-202'] },
  { name: 'follows-redirect-with-key', caughtBy: 'sdk/key-stays-home', cases: redirect },
  { name: 'redirect-becomes-success', caughtBy: 'sdk/raises-on-error', cases: redirect },
  { name: 'phones-home', caughtBy: 'sdk/loopback-only', cases: accepted },
  { name: 'connects-directly', caughtBy: 'sdk/loopback-only', cases: accepted, isolated: true },
  {
    name: 'connects-directly-when-it-describes-itself',
    caughtBy: 'E_DRIVER_NETWORK',
    cases: accepted,
    isolated: true,
  },
  { name: 'looks-up-a-host', caughtBy: 'sdk/loopback-only', cases: accepted, isolated: true },
  { name: 'phones-home-when-it-ends', caughtBy: 'sdk/loopback-only', cases: accepted, only: 'serving' },
  { name: 'unsupported-for-all', caughtBy: 'sdk/supported', cases: accepted },
  { name: 'waits-for-ever', caughtBy: 'sdk/settles', cases: silence },
  { name: 'raises-on-202', caughtBy: 'sdk/returns-on-success', cases: accepted },
  { name: 'swallows-404', caughtBy: 'sdk/raises-on-error', cases: notFound },
  { name: 'swallows-reset', caughtBy: 'sdk/raises-on-error', cases: ['sdk/delete_backup/reply/reset'] },
  { name: 'never-sends', caughtBy: 'sdk/sends', cases: accepted },
  { name: 'foreign-type', caughtBy: 'sdk/own-type', cases: notFound },
  { name: 'no-status', caughtBy: 'sdk/status', cases: notFound },
  { name: 'status-as-text', caughtBy: 'sdk/status', cases: notFound },
  { name: 'drops-code', caughtBy: 'sdk/code', cases: notFound },
  { name: 'drops-message', caughtBy: 'sdk/message', cases: notFound },
  { name: 'mute', caughtBy: 'sdk/text', cases: notFound },
  { name: 'leaks-key-in-error', caughtBy: 'sdk/key-not-shown', cases: notFound },
  { name: 'leaks-key-to-log', caughtBy: 'sdk/key-not-shown', cases: accepted },
  { name: 'leaks-key-then-logs-much', caughtBy: 'sdk/key-not-shown', cases: accepted },
  { name: 'leaks-key-in-base64', caughtBy: 'sdk/key-not-shown', cases: accepted },
  { name: 'leaks-key-in-utf-16', caughtBy: 'sdk/key-not-shown', cases: accepted },
  { name: 'leaks-key-beside-its-line', caughtBy: 'sdk/key-not-shown', cases: accepted },
  { name: 'leaks-key-as-bytes', caughtBy: 'sdk/key-not-shown', cases: accepted },
  { name: 'leaks-key-after-its-answer', caughtBy: 'sdk/key-not-shown', cases: accepted, only: 'serving' },
  { name: 'leaks-key-when-it-ends', caughtBy: 'sdk/key-not-shown', cases: accepted, only: 'serving' },
  { name: 'leaks-key-and-hangs', caughtBy: 'sdk/key-not-shown', hangs: true, cases: accepted },
  { name: 'forgets-first-error', caughtBy: 'sdk/hidden-error', cases: ['sdk/delete_backup/retry/500-then-404'] },
  { name: 'blames-last-error', caughtBy: 'sdk/hidden-error', cases: ['sdk/delete_backup/retry/500-then-404'] },
  { name: 'prints-twice', caughtBy: 'E_DRIVER_LINES', cases: accepted },
  { name: 'prints-twice-and-sends-twice', caughtBy: 'sdk/sends', cases: accepted },
  { name: 'prints-nothing-and-sends-to-all', caughtBy: 'sdk/path', hangs: true, cases: accepted },
  { name: 'prints-nothing', caughtBy: 'E_DRIVER_NO_LINE', cases: accepted, only: 'single' },
  { name: 'prints-a-log', caughtBy: 'E_DRIVER_LINE', cases: accepted },
  { name: 'omits-what-was-raised', caughtBy: 'E_DRIVER_LINE', cases: notFound },
  { name: 'wrong-nonce', caughtBy: 'E_DRIVER_NONCE', cases: accepted },
  { name: 'other-case', caughtBy: 'E_DRIVER_NONCE', cases: accepted },
  { name: 'other-version-in-result', caughtBy: 'E_DRIVER_VERSION', cases: accepted },
  { name: 'other-version', caughtBy: 'E_DRIVER_VERSION', cases: accepted },
  { name: 'blames-itself', caughtBy: 'E_DRIVER_ITSELF', cases: accepted },
  { name: 'no-such-operation', caughtBy: 'E_DRIVER_ITSELF', cases: accepted },
  { name: 'hangs', caughtBy: 'E_DRIVER_HANG', cases: accepted },
  { name: 'forks-without-end', caughtBy: 'E_DRIVER_PROCESSES', cases: accepted, linux: true },
  { name: 'forks-away', caughtBy: 'E_DRIVER_LEFT_CHILD', cases: accepted, linux: true },
  { name: 'fills-the-disk', caughtBy: 'E_DRIVER_DISK', cases: accepted },
  { name: 'phones-home-when-it-describes-itself', caughtBy: 'E_DRIVER_NETWORK', cases: accepted },
  {
    name: 'forks-away-when-it-describes-itself',
    caughtBy: 'E_DRIVER_LEFT_CHILD',
    cases: accepted,
    linux: true,
  },
  {
    name: 'forks-without-end-when-it-describes-itself',
    caughtBy: 'E_DRIVER_PROCESSES',
    cases: accepted,
    linux: true,
  },
  { name: 'fills-the-disk-when-it-describes-itself', caughtBy: 'E_DRIVER_DISK', cases: accepted },
  { name: 'floods-its-log', caughtBy: 'E_DRIVER_FLOOD', cases: accepted },
  { name: 'hangs-after-answering', caughtBy: 'E_DRIVER_HANG', cases: accepted, only: 'single' },
  { name: 'segfaults', caughtBy: 'E_DRIVER_SIGNAL', cases: accepted, only: 'single' },
  { name: 'exits-with-1', caughtBy: 'E_DRIVER_EXIT', cases: accepted, only: 'single' },
  { name: 'leaves-a-child', caughtBy: 'E_DRIVER_LEFT_CHILD', cases: accepted, only: 'single' },
  { name: 'starts-late', caughtBy: 'E_DRIVER_SLOW', cases: silence },
  { name: 'is-never-ready', caughtBy: 'E_DRIVER_READY', cases: accepted, only: 'serving' },
  { name: 'ends-when-started', caughtBy: 'E_DRIVER_READY', cases: accepted, only: 'serving' },
  { name: 'dies-in-202', caughtBy: 'E_DRIVER_SIGNAL', cases: accepted },
  { name: 'foreign-refusal', caughtBy: 'sdk/refusal-type', cases: ['sdk/delete_backup/id/{null,lone-surrogate}'] },
  { name: 'sends-what-is-no-id', caughtBy: 'sdk/path', cases: ['sdk/delete_backup/id/{null,list,lone-surrogate}'] },
  { name: 'retries-408', caughtBy: 'sdk/sends', cases: ['sdk/delete_backup/retry/408-then-202'] },
  { name: 'takes-0-for-never', caughtBy: 'sdk/sends', cases: ['sdk/delete_backup/retry/503-at-once-*'] },
  {
    name: 'redirect-becomes-deletion',
    caughtBy: 'sdk/raises-on-error',
    cases: ['sdk/delete_backup/reply/redirect-*-to-202'],
  },
  { name: 'doubles-slash', caughtBy: 'sdk/path', cases: client('base-url-{final-slash,prefix-and-slash}') },
  { name: 'drops-base-path', caughtBy: 'sdk/path', cases: client('base-url-{path-prefix,prefix-and-slash}') },
  { name: 'speaks-plain-text', caughtBy: 'sdk/no-plain-text', cases: client('base-url-bare-host') },
  { name: 'drops-additional-header', caughtBy: 'sdk/additional-headers', cases: client('additional-header') },
  { name: 'doubles-the-key', caughtBy: 'sdk/api-key', cases: client('additional-api-key{,-lower-case}') },
  { name: 'sends-both-versions', caughtBy: 'sdk/api-version', cases: client('additional-version') },
  { name: 'logs-the-key-when-it-debugs', caughtBy: 'sdk/key-not-shown', cases: client('environment-debug-curl') },
  { name: 'takes-the-key-of-the-environment', caughtBy: 'sdk/api-key', cases: client('environment-api-key') },
  {
    name: 'takes-the-host-of-the-environment',
    caughtBy: 'sdk/key-stays-home',
    cases: client('environment-controller-host'),
  },
  {
    name: 'takes-headers-of-the-environment',
    caughtBy: 'sdk/api-key',
    cases: client('environment-additional-headers'),
  },
  { name: 'gives-the-key-to-the-proxy', caughtBy: 'sdk/key-nowhere-else', cases: client('environment-proxy') },
  { name: 'swallows-the-first-error', caughtBy: 'sdk/calls-apart', cases: client('reuse-after-404') },
  { name: 'stays-broken', caughtBy: 'sdk/returns-on-success', cases: client('reuse-after-{404,cut-404}') },
  { name: 'tells-of-no-other-call', caughtBy: 'E_DRIVER_LINE', cases: client('{reuse-after-404,two-clients}') },
  { name: 'cannot-be-cancelled', caughtBy: 'sdk/settles', cases: client('cancel') },
  { name: 'waits-for-its-time-out', caughtBy: 'sdk/settles', cases: client('cancel') },
  { name: 'sends-again-when-cancelled', caughtBy: 'sdk/sends', cases: client('cancel') },
  { name: 'one-key-for-all', caughtBy: 'sdk/clients-apart', cases: client('two-clients') },
  { name: 'floods', caughtBy: 'E_DRIVER_FLOOD', cases: accepted },
];
