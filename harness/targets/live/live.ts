import { unlessAborted } from '../../core/abort.ts';
import { secretsOf } from '../../core/credentials.ts';
import type { Operation } from '../../model/document.ts';
import type { Target } from '../../model/target.ts';
import { defaultLimits, type Limits } from '../../wire/limits.ts';
import type { Timeouts } from './timeouts.ts';
import { recordMade } from '../made/record-made.ts';
import { openGuard } from './guard.ts';
import { type ExclusiveAccess, exclusiveAccess } from './exclusive-access.ts';
import { ledgerFolder } from './ledger.ts';
import { type LiveClient, openLiveClient } from './client.ts';
import { sendUntilTaken } from './send-until-taken.ts';
import { httpStates } from '../states/http.ts';
import { rememberFailures } from '../states/remember-failures.ts';
import { noStates } from '../states/none.ts';
import { pineconeStates } from '../states/pinecone/states.ts';
import type { StateProvider } from '../states/provider.ts';
import { firstNumberOfRun } from '../states/static-sets.ts';
import { staticStates } from '../states/static.ts';
import { withOperations } from '../states/operations.ts';
import { withUnknown } from '../states/unknown.ts';
import { type Allowed, readTargetUrl } from './target-url.ts';

/** A server at a URL, its key, its states, and what is allowed there. */
export interface LiveOptions {
  /** `http(s)://HOST[:PORT][/BASE]`. */
  readonly url: string;
  /** The API key; it is masked in all records. */
  readonly key: string;
  /** A key that is known and lacks the permission for the operation, where there is one. */
  readonly forbiddenKey?: string;
  /** The values of all credentials that the operation takes, by security scheme; default: the key is each of them. */
  readonly credentials?: Readonly<Record<string, string>>;
  readonly operation: Operation;
  /** A states file, the URL of a provider, or `pinecone`; without it only what does not exist can be arranged. */
  readonly states?: string;
  /** Milliseconds and bytes for one exchange. */
  readonly limits?: Limits;
  /** Requests a second, at most. */
  readonly rate?: number;
  /** What may be done there; nothing destructive if left out. */
  readonly allowed?: Allowed;
  /** For `pinecone`: where its index is made. */
  readonly cloud?: string;
  readonly region?: string;
  /** Where `pinecone` keeps its ledger; default `.pinecone-contract/ledger`. */
  readonly ledgers?: string;
  /** The first `{n}` of a states file; default: one that no other run has, with 14 digits. */
  readonly firstNumber?: number;
  /** How long `pinecone` waits, and for what; and how long a server is waited for that refuses every request. */
  readonly patience?: Timeouts;
  /** Ends what is being arranged; `close` cleans up as ever. */
  readonly signal?: AbortSignal;
  /** Called with what the run is waiting for. */
  readonly onWaiting?: (what: string) => void;
}

/**
 * A real server. It may hold other people's resources, so that no request is sent that could change one which this run has
 * not arranged. Throws `HarnessError` where the URL, the key or the states are not usable (`E_TARGET…`, `E_STATES…`), where the
 * host is one of production, and where it is not this machine and nothing destructive is allowed.
 */
export async function liveTarget(options: LiveOptions): Promise<Target> {
  const { operation, key, limits = defaultLimits, rate } = options;
  const url = await readTargetUrl(options.url, options.allowed ?? {});
  // What arranges real resources has real neighbours, wherever the server listens.
  const shared = !url.loopback || options.states === 'pinecone';
  const mayCreate = !shared || options.allowed?.create === true;
  const guard = openGuard({ path: operation.path, shared, mayCreate });
  const exclusive = exclusiveAccess();
  const client = openLiveClient({
    url,
    key,
    limits,
    secrets: secretsOf(options),
    ...(rate === undefined ? {} : { rate }),
    ...(options.patience === undefined ? {} : { patience: options.patience }),
    ...(options.onWaiting === undefined ? {} : { onSlower: options.onWaiting }),
  });
  const made = recordMade({ shared, folder: options.ledgers ?? ledgerFolder, target: client.shownBase });
  const own = rememberFailures(openStates(options, { client, exclusive, loopback: url.loopback }));
  const states = withUnknown(
    withOperations(own, {
      key,
      ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
      send: (request, unique) =>
        made.send(request, () => sendUntilTaken(() => client.send(request, options.signal), client.pace), unique),
      madeBy: (exchange) => made.madeBy(exchange),
      ...(shared ? { shared } : {}),
      mayCreate: mayCreate ? true : { reason: notToCreate },
    }),
    operation.document,
  );
  return {
    kind: 'live',
    name: client.base,
    answersAnything: true,
    shared,
    key,
    ...(options.forbiddenKey === undefined ? {} : { forbiddenKey: options.forbiddenKey }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    can: (state, arrangement) => states.can(state, arrangement),
    async arrange(state, wish) {
      const arranged = await states.arrange(state, wish);
      if (arranged.foreign !== true) guard.learn(arranged.values);
      return arranged;
    },
    own: (values, path) => guard.learn(values, path),
    ...(mayCreate ? {} : { notToCreate }),
    madeBy: (exchange) => made.madeBy(exchange),
    async send(request, { caseId, signal, unpaced = false, unique = [] }) {
      await unlessAborted(exclusive.pass(caseId), signal, `${request.method} ${request.path}`);
      guard.check(request);
      return made.send(request, () => client.send(request, signal, { unpaced }), unique);
    },
    pace: client.pace,
    async close() {
      try {
        return [...(await states.close()), ...made.close()];
      } finally {
        await client.close();
      }
    },
  };
}

/** Why nothing is made that no suite of this target makes by itself. */
const notToCreate = 'it could make a resource on a host that is not this machine, which takes --allow-create';

function openStates(
  options: LiveOptions,
  parts: { readonly client: LiveClient; readonly exclusive: ExclusiveAccess; readonly loopback: boolean },
): StateProvider {
  const { states } = options;
  if (states === undefined) return noStates();
  if (/^https?:\/\//i.test(states))
    return httpStates(states, options.signal === undefined ? {} : { signal: options.signal });
  if (states !== 'pinecone')
    return staticStates(states, {
      firstNumber: options.firstNumber ?? firstNumberOfRun(),
      version: options.operation.document.version,
    });
  return pineconeStates({
    ...parts,
    ledgers: options.ledgers ?? ledgerFolder,
    cloud: options.cloud ?? 'aws',
    region: options.region ?? 'us-east-1',
    onWaiting: options.onWaiting ?? (() => undefined),
    ...options.patience,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}
