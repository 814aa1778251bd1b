import type { Server } from 'node:net';
import { HarnessError } from '../core/errors.ts';
import { shellWord } from '../core/text/shell-quote.ts';
import type { Operation } from '../model/document.ts';
import { excerptOf } from '../openapi/document/place.ts';
import { sdkCases } from './cases/cases.ts';
import type { SdkManifest } from './releases/manifest.ts';
import { closeServer } from './server/close-server.ts';
import { originOf } from './server/origin.ts';
import { promiseOf } from './records.ts';
import { baseUrl } from './cases/client-use.ts';
import { playCase } from './play-case.ts';
import { environmentFor, listenHere, requestFor } from './run-case.ts';
import type { ReceivedRequest } from './server/script.ts';
import { replyInWords } from './server/script.ts';
import type { SdkCase } from './cases/sdk-case.ts';

/** The case for SDKs of that id, as the last listed release of an SDK would be put through it. */
export function findSdkCase(operation: Operation, id: string, manifest: SdkManifest): SdkCase {
  const release = manifest.releases.at(-1);
  const cases = release === undefined ? [] : sdkCases(operation, release.sends);
  const found = cases.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new HarnessError('E_CASE', `there is no case ${id}`, {
    hint: `There are ${cases.length} cases for SDKs, such as ${cases[0]?.id ?? 'none'} and ${cases.at(-1)?.id ?? 'none'}.`,
  });
}

/** The options with which the case was met, so that the commands to type meet the same again. */
interface Asked {
  /** The folders of `--sdk`. */
  readonly folders?: readonly string[];
  /** The file of `--package`. */
  readonly artefact?: string;
  /** `--spec` and `--api`, as words. */
  readonly document?: readonly string[];
}

/** What a case asks, what the server will do, and how to put a driver through it by hand, under a debugger. */
export function explainSdkCase(
  operation: Operation,
  id: string,
  manifests: readonly SdkManifest[],
  asked: Asked = {},
): string {
  const { folders = [], artefact, document = [] } = asked;
  const [first] = manifests;
  if (first === undefined)
    throw new HarnessError('E_SDK_UNKNOWN', 'There is no SDK to explain the case with.', {
      hint: 'Name the folder of one with --sdk DIR; `pinecone-contract sdk init NAME` makes one.',
    });
  const one = findSdkCase(operation, id, first);
  const port = 4011;
  const origin = `http://127.0.0.1:${port}`;
  const key = 'pckey-by-hand';
  const line = JSON.stringify(requestFor(one, baseUrl(one.use?.base, origin), { run: 'by-hand', key }));
  const variables = Object.entries(environmentFor(one, { base: origin, other: 'http://localhost:4012', key }) ?? {});
  const { lines, firstLine } = excerptOf(operation.document, one.at);
  return [
    one.id,
    `  ${one.title}`,
    `  ${one.requirement}`,
    '',
    'The script',
    ...(one.replies.length === 0
      ? ['  no request is expected']
      : one.replies.map((reply, index) => `  ${index + 1}. ${replyInWords(reply)}`)),
    '  any other request: 418',
    '',
    'The input line',
    `  ${line}`,
    '',
    'By hand: start the script, then a driver, and paste the line',
    `  ${['pinecone-contract mock', ...document, `--case ${one.id} --port ${port}`].join(' ')}`,
    ...(variables.length === 0
      ? []
      : [
          '  with these variables in the environment of the driver',
          ...variables.map(([name, text]) => `    ${name}=${text}`),
        ]),
    ...manifests.map(({ name, run }) => `  ${name}: ${run.join(' ')}`),
    `  {home} is .cache/sdks/NAME/${artefact === undefined ? 'VERSION' : 'local'}, {source} is ${sourceOf(folders)}, {api} the API version`,
    '',
    `The document, ${one.at.file}:${one.at.line}`,
    ...lines.map((text, index) => `  ${String(firstLine + index).padStart(5)}  ${text}`),
    '',
    'Again',
    `  ${againWords(manifests, one.id, asked).join(' ')}`,
  ].join('\n');
}

function sourceOf(folders: readonly string[]): string {
  return folders.length === 0 ? 'suites/sdks/NAME' : folders.join(' or ');
}

/** The command that puts an SDK through the case: the one that there is, or one by its NAME. */
function againWords(
  manifests: readonly SdkManifest[],
  id: string,
  { folders = [], artefact, document = [] }: Asked,
): readonly string[] {
  const [first, ...others] = manifests;
  return [
    'pinecone-contract sdk',
    first === undefined || others.length > 0 ? 'NAME' : first.name,
    ...folders.map((folder) => `--sdk ${shellWord(folder)}`),
    ...(artefact === undefined ? [] : [`--package ${shellWord(artefact)}`]),
    ...document,
    `--case '${id}'`,
  ];
}

/** The scripted server of one case, alone: `pinecone-contract mock --case ID`. */
interface CaseServer {
  readonly origin: string;
  readonly script: string;
  readonly requests: readonly ReceivedRequest[];
  close(): Promise<void>;
}

export async function serveSdkCase(one: SdkCase, port = 0): Promise<CaseServer> {
  const server = await listenHere(port);
  const other: Server = await listenHere(0);
  const played = playCase(server, one, originOf(other, 'localhost'));
  return {
    origin: originOf(server),
    script: promiseOf(one),
    get requests() {
      return played.arrivals().requests;
    },
    close: async () => {
      await played.close(0);
      await closeServer(other, []);
    },
  };
}
