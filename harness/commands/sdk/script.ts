import { loadContract, type ContractOptions } from '../../contract.ts';
import { HarnessError } from '../../core/errors.ts';
import { shellWord } from '../../core/text/shell-quote.ts';
import { explainSdkCase, findSdkCase, serveSdkCase } from '../../sdk/explain.ts';
import { allManifests, askedManifests } from '../../sdk/releases/manifest.ts';
import { say, notify } from '../shared/output.ts';
import { stopSignal } from '../shared/stop-signal.ts';

/** The options of `explain` that say which SDK is meant. */
export interface SdkChoice {
  readonly sdk: readonly string[];
  readonly package?: string;
}

/** What a case for SDKs asks, and how to put a driver through it by hand. */
export async function explainForSdks(id: string, options: ContractOptions & SdkChoice): Promise<void> {
  const { operation } = await loadContract(id.split('/')[1], options);
  const { sdk: folders, package: artefact, spec, api } = options;
  const document = [
    ...(spec === undefined ? [] : [`--spec ${shellWord(spec)}`]),
    ...(api === undefined ? [] : [`--api ${shellWord(api)}`]),
  ];
  const asked = { folders, document, ...(artefact === undefined ? {} : { artefact }) };
  say(explainSdkCase(operation, id, askedManifests({ names: [], folders }), asked));
}

/** Serve the script of one case, once, until Ctrl-C; then print the requests that came. */
export async function serveSdkScript(id: string, options: ContractOptions & { readonly port: number }): Promise<void> {
  const { operation } = await loadContract(id.split('/')[1], options);
  const [first] = allManifests();
  if (first === undefined)
    throw new HarnessError('E_SDK_UNKNOWN', 'no SDK is described in suites/sdks', {
      hint: 'The package is not whole: install it again.',
    });
  const server = await serveSdkCase(findSdkCase(operation, id, first), options.port);
  const stopped = stopSignal();
  say(
    `${id} at ${server.origin}\n${server.script}\nHow to run a driver against it: pinecone-contract explain '${id}'\nStop with Ctrl-C.`,
  );
  const signal = await stopped;
  for (const request of server.requests) notify(`came: ${request.method} ${request.target}`);
  await server.close();
  if (signal === 'SIGINT') process.exitCode = 130;
}
