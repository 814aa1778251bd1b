import { defaultOperation } from '../core/default-suite.ts';
import { randomBytes } from 'node:crypto';
import { packageFile } from '../core/package-files.ts';
import type { OasDocument } from '../model/document.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Target } from '../model/target.ts';
import { defaultLimits, type Limits } from '../wire/limits.ts';
import type { StateProvider } from './states/provider.ts';
import { withOperations } from './states/operations.ts';
import { staticStates } from './states/static.ts';
import { withUnknown } from './states/unknown.ts';

/** The embedded mock, started for this run on a port of its own (127.0.0.1) with a key of its own; `close` ends it. */
export async function mockTarget(options: {
  readonly document: OasDocument;
  readonly limits?: Limits;
  /** Defaults to the states that the mock of this package knows. */
  readonly states?: StateProvider;
}): Promise<Target> {
  const { document, limits = defaultLimits } = options;
  const [key, forbiddenKey] = [newKey(), newKey()];
  const [{ startMock }, { openWire }] = await Promise.all([import('../mock/server.ts'), import('../wire/send.ts')]);
  const mock = await startMock({ document, key, forbiddenKey });
  const wire = openWire({ origin: mock.origin, limits, secrets: [key, forbiddenKey] });
  const own = options.states ?? staticStates(mockStates(), { version: document.version });
  const states = withUnknown(
    withOperations(own, { key, send: (request) => wire.send(request), mayCreate: true, disposable: true }),
    document,
  );
  return {
    kind: 'mock',
    name: 'mock',
    answersAnything: true,
    shared: false,
    key,
    forbiddenKey,
    can: (state, arrangement) => states.can(state, arrangement),
    arrange: (state, wish) => states.arrange(state, wish),
    send: async (request, { signal }) => ownFault(await wire.send(request, signal === undefined ? {} : { signal })),
    async close() {
      const left = await states.close();
      await wire.close();
      await mock.close();
      return left;
    },
  };
}

function newKey(): string {
  return `pcsk_${randomBytes(24).toString('base64url')}`;
}

/**
 * The mock answers every request. Where a connection to it ends without an answer, this process could not accept it, for
 * the mock shares its limits, and the operating system does not say so.
 */
function ownFault(exchange: Exchange): Exchange {
  const { response, fault } = exchange;
  if (response !== undefined || (fault?.kind !== 'closed-early' && fault?.kind !== 'reset')) return exchange;
  const message = `this machine could not go on: the embedded mock could not take the connection (${fault.message})`;
  return { ...exchange, fault: { kind: 'own-machine', message } };
}

/** The ids that the mock understands: `ready-1`, `pending-1` and so on. */
function mockStates(): string {
  return packageFile('suites', defaultOperation, 'states.yaml');
}
