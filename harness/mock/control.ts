import { isLoopbackName } from '../core/loopback.ts';
import { isObject, problem } from './reply/reply.ts';
import type { Reply } from './reply/reply.ts';
import { stateSetups, tearDown, whatExists } from './state/control-states.ts';
import type { Store } from './state/store.ts';

/**
 * Where the mock is steered, apart from the API it stands for. No key is asked here: the mock listens on loopback only, and
 * {@link foreignCaller} keeps out what a web page sends from a browser of this machine.
 */
export const controlPrefix = '/_contract/';

/** `POST /_contract/states` arranges provider states as Pact does; `GET /_contract/state` returns what exists. */
export function control(store: Store, request: ControlRequest, faults: readonly string[]): Reply {
  const { method, path } = request;
  const foreign = foreignCaller(request);
  if (foreign !== undefined) return problem(403, foreign);
  switch (path) {
    case '/_contract/states':
      return method === 'POST' ? changeState(store, request.body) : refused('POST');
    case '/_contract/state':
      return method === 'GET' ? { status: 200, body: whatExists(store, faults) } : refused('GET');
    default:
      return problem(404, `${path} is not known. There are POST /_contract/states and GET /_contract/state.`);
  }
}

interface ControlRequest {
  readonly method: string;
  readonly path: string;
  /** The parsed body, whatever it is. */
  readonly body: unknown;
  /** Of the request. */
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/**
 * Why a request may come from a web page of somebody else: its Host is a name that was made to resolve to this machine
 * (DNS rebinding), or its Origin is another one than that of the mock.
 */
function foreignCaller({ host = '', origin }: ControlRequest): string | undefined {
  const url = URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`) : undefined;
  if (url === undefined || url.host !== host.toLowerCase() || !isLoopbackName(url.hostname)) {
    return 'Host must be 127.0.0.1, localhost or [::1], with the port.';
  }
  return origin === undefined || origin === url.origin
    ? undefined
    : 'Origin must be absent, or the origin of this mock.';
}

function changeState(store: Store, body: unknown): Reply {
  const wanted = isObject(body) ? body : {};
  const { state, action = 'setup', values } = wanted;
  const known = Object.keys(stateSetups);
  if (typeof state !== 'string' || !Object.hasOwn(stateSetups, state)) {
    const asked = typeof state === 'string' ? `"${state}" is no state` : 'state is missing or no string';
    return problem(400, `${asked}. There are: ${known.map((name) => `"${name}"`).join(', ')}.`);
  }
  switch (action) {
    case 'setup':
      return { status: 200, body: { values: stateSetups[state]?.(store) ?? {} } };
    case 'teardown':
      if (isObject(values)) tearDown(store, values);
      return { status: 200, body: { values: {} } };
    default:
      return problem(400, 'action must be "setup" or "teardown".');
  }
}

function refused(allow: string): Reply {
  return { ...problem(405, `Only ${allow} is served here.`), headers: [['Allow', allow]] };
}
