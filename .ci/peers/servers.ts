import { loadContract } from '../../harness/index.ts';
import { faults } from '../../suites/self-proof/faults/all.ts';
import { variations } from '../../suites/self-proof/legal.ts';
import { otherwiseServer } from '../../suites/self-proof/proof.ts';
import type { FaultyServer } from '../../suites/self-proof/server/faulty-server.ts';

type Row = Parameters<typeof otherwiseServer>[1] & { readonly name: string; readonly says: string };

/** Broken by whatever a fuzzer sends, and not by the ids of the probes alone. */
const own: readonly Row[] = [
  {
    name: 'identity/other-alphabets-are-500',
    says: 'Any character outside of ASCII in an id breaks the server',
    on: { path: /%[89A-F]/i },
    tamper: { do: 'answer', status: 500, json: { error: { code: 'UNKNOWN', message: 'Internal error' }, status: 500 } },
  },
];

/** Servers of self-proof that break the contract in a way that users care about. */
const faulty = [
  'status/202-as-200',
  'status/404-as-202',
  'status/412-as-409',
  'status/412-as-202',
  'media-type/404-only',
  'media-type/job',
  'syntax/empty',
  'syntax/code-twice',
  'schema/no-code',
  'schema/code-unlisted',
  'meaning/404-failed-precondition',
  'meaning/404-says-500',
  'auth/no-key-passes',
  'auth/wrong-key-passes',
  'auth/refused-and-done',
  'effect/never-goes',
  'effect/neighbours-go',
  'effect/second-delete-accepted',
  'identity/other-alphabets-are-500',
  'wire/short-body',
  'leak/key-in-header',
  'leak/node-trace',
];

/** Servers that differ and are right: whoever finds fault with them gives a false alarm. */
const legal = ['as-it-is', 'charset', 'details', 'other-404', 'lower-case-names', 'asynchronous'];

export interface Subject {
  readonly name: string;
  readonly says: string;
  readonly conforms: boolean;
  start(): Promise<FaultyServer>;
}

const { document } = (await loadContract('delete_backup', {})).operation;

export const subjects: readonly Subject[] = [
  ...legal.map((name) => subject(name, variations, true)),
  ...faulty.map((name) => subject(name, [...faults, ...own], false)),
];

function subject(name: string, rows: readonly Row[], conforms: boolean): Subject {
  const row = rows.find((each) => each.name === name);
  if (row === undefined) throw new Error(`self-proof has no server called ${name}`);
  return { name, says: row.says, conforms, start: otherwiseServer(document, row) };
}
