/** A command line, and what it does. */
interface Example {
  readonly line: string;
  readonly does: string;
}

type Examples = readonly [Example, Example, ...(readonly Example[])];

function example(line: string, does: string): Example {
  return { line: `pinecone-contract ${line}`, does };
}

const server = 'http://127.0.0.1:8080';

/** The examples that `--help` of each command shows. examples.test.ts runs every one of them. */
export const examples: Readonly<Record<string, Examples>> = {
  '': [
    example('run', 'the contract against the embedded mock'),
    example('explain E_USAGE', 'what an error code means'),
  ],
  run: [
    example(`run --target ${server} --states states.yaml`, 'a server, with ids of it in a file'),
    example('run --all --spec openapi.yaml', 'every operation of a document, against the mock'),
    example('run staging --case 404 --quiet', 'some cases, against a target of the configuration'),
  ],
  cases: [
    example("cases --case 'delete_backup/412/**'", 'how each case of one response is provoked'),
    example('cases --spec openapi.yaml --json', 'the cases of a document with one operation'),
  ],
  explain: [
    example('explain delete_backup/412/application-json/pending-restore', 'one case'),
    example('explain E_FIXTURE_MISSING', 'one error code'),
  ],
  record: [
    example(`record --target ${server} --states states.yaml`, 'keep today’s answers in fixtures/'),
    example(`record --target ${server} --case 404 --fixtures recorded`, 'only some, in another folder'),
  ],
  compare: [
    example('compare monday/run.json reports/run.json', 'what a server does otherwise since Monday'),
    example('compare monday/run.json reports/run.json --json', 'the same for a program'),
  ],
  report: [
    example('report monday/run.json reports/run.json --reports merged', 'one report of two runs'),
    example('report reports/run.json --github --quiet', 'annotate what a run found'),
  ],
  sdk: [
    example("sdk --sdk my-sdk --case '**/404/**'", 'the releases of an SDK of your own'),
    example("sdk --sdk my-sdk --package my-sdk.tgz --case '**/404/**'", 'a local artefact'),
  ],
  'sdk prepare': [
    example('sdk prepare --sdk my-sdk', 'install the releases of an SDK of your own'),
    example('sdk prepare --sdk my-sdk --missing-toolchain skip', 'where its language may be missing'),
  ],
  'sdk list': [
    example('sdk list', 'the SDKs that ship with this package'),
    example('sdk list --sdk my-sdk', 'an SDK of your own'),
  ],
  'sdk init': [
    example('sdk init my-python --language python', 'an SDK in Python'),
    example('sdk init my-js --language js', 'an SDK in JavaScript'),
  ],
  'sdk findings': [
    example('sdk findings', 'print the page'),
    example('sdk findings > FINDINGS.md', 'write the page to a file'),
  ],
  sweep: [
    example('sweep --dry-run', 'what all interrupted runs left; nothing is sent'),
    example(`sweep --target ${server}`, 'delete what runs against one server left'),
  ],
  specs: [
    example('specs', 'the documents of the API versions'),
    example('specs check --api 2025-04 --from published', 'compare one with the published one'),
  ],
  'specs check': [
    example('specs check --from published', 'with the documents in a folder'),
    example('specs check --api 2025-04 --from published', 'only one version'),
  ],
  diff: [
    example('diff 2025-04 2026-07', 'two API versions'),
    example('diff before.yaml after.yaml --all --fail-on breaking', 'all operations of two files'),
  ],
  lint: [
    example('lint openapi.yaml', 'one document'),
    example('lint openapi.yaml --strict --sarif lint.sarif', 'warnings fail, too, for code scanning'),
  ],
  init: [
    example(`init --url ${server}`, 'the configuration and the states file of a project'),
    example('init get_thing --spec openapi.yaml', 'the suite of an operation'),
  ],
  doctor: [example('doctor', 'this machine'), example('doctor staging', 'and a target of the configuration')],
  config: [
    example('config', 'what is in force'),
    example('config staging --json', 'what is in force for one target, for a program'),
  ],
  mock: [
    example('mock --port 4010', 'the server of delete_backup'),
    example('mock --spec openapi.yaml --port 4010 --latency 50', 'the server of a document, slowed down'),
  ],
  completion: [
    example('completion bash', 'print the script; in ~/.bashrc: eval "$(pinecone-contract completion bash)"'),
    example('completion fish > pinecone-contract.fish', 'write the script to a file'),
  ],
};

/** The examples of a command such as `sdk prepare`; of the program itself, where the name is empty. */
export function examplesOf(command: string): readonly Example[] {
  return examples[command] ?? [];
}
