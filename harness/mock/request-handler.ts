import type { IncomingMessage, ServerResponse } from 'node:http';

import { messageOf } from '../core/errors.ts';
import { enter } from './admission.ts';
import { ignoreBody, readBody } from './body.ts';
import type { RequestBody } from './body.ts';
import { control, controlPrefix } from './control.ts';
import { declaredStatus } from './generic/answer/refusal.ts';
import { checkBody, type IncomingCall } from './generic/request/request.ts';
import { byExample } from './generic/answer/marks.ts';
import type { RequestHandler } from './handler-parts.ts';
import { faultBytes, checkedBytes } from './reply/self-check.ts';
import type { Reply } from './reply/reply.ts';
import type { Route } from './route.ts';
import { splitTarget } from './routes.ts';
import { write, written } from './reply/write.ts';
import type { Written } from './reply/write.ts';

/**
 * Serves one request. The order is the contract: the key and its permission before all else, so that nobody without them
 * learns what exists; then the speed limit, the route, the caller's preference, the injected faults, and at last the operation itself.
 */
export function serve(handler: RequestHandler, request: IncomingMessage, response: ServerResponse): void {
  const started = performance.now();
  const { method = '', url = '' } = request;
  const { path, query } = splitTarget(url);

  const finish = (outcome: Outcome): void => {
    if (outcome === 'reset') request.socket.resetAndDestroy();
    else write(response, outcome);
    const status = outcome === 'reset' ? outcome : outcome.status;
    handler.onServed({ method, path, outcome: status, started, byExample: isByExample(outcome) });
  };

  if (path.startsWith(controlPrefix)) {
    readBody(request, (body) => {
      const value = body.kind === 'json' ? body.value : undefined;
      const { host, origin } = request.headers;
      finish(written(control(handler.store, { method, path, body: value, host, origin }, handler.faults)));
    });
    return;
  }

  const admission = enter(handler, request, { path, query });
  const act = (body: RequestBody): void => {
    handler.later(() =>
      finish(
        admission.kind === 'refused'
          ? admission.bytes
          : outcomeOf(handler, admission.route, {
              params: admission.params,
              query,
              rawHeaders: request.rawHeaders,
              body,
            }),
      ),
    );
  };
  if (admission.kind === 'refused' || !takesBody(admission.route, method)) {
    ignoreBody(request);
    act({ kind: 'none' });
  } else {
    readBody(request, act);
  }
}

type Outcome = Written | 'reset';

function isByExample(outcome: Outcome): boolean {
  return outcome !== 'reset' && outcome.headers.includes(byExample[0]);
}

/** DELETE has a body where the document says so. */
function takesBody({ operation }: Route, method: string): boolean {
  return method !== 'GET' && (method !== 'DELETE' || operation?.requestBody !== undefined);
}

function outcomeOf(handler: RequestHandler, route: Route, call: IncomingCall): Outcome {
  const fault = route.underTest ? undefined : handler.injectFault?.();
  switch (fault) {
    case 'reset':
      return 'reset';
    case 'unavailable':
      return written(unavailable);
    case 'server-fault':
      return checkedBytes(route, route.answers.plain(500), handler.faults);
    case 'lost-answer':
      bytesOf(handler, route, call);
      return 'reset';
    case undefined:
      return bytesOf(handler, route, call);
    default:
      return fault satisfies never;
  }
}

/** An error in the mock itself must end neither the process nor the run that tests against it. */
function bytesOf(handler: RequestHandler, route: Route, call: IncomingCall): Written {
  try {
    return checkedBytes(route, replyTo(handler, route, call), handler.faults);
  } catch (thrown) {
    return faultBytes(`${route.name}: ${messageOf(thrown)}`, handler.faults);
  }
}

function replyTo(handler: RequestHandler, route: Route, call: IncomingCall): Reply {
  const { operationHandler, operation, listed, answers } = route;
  const { params, query, body } = call;
  if (operationHandler === undefined) {
    return listed === undefined ? answers.plain(404) : handler.service.respond(listed, call);
  }
  if (operation !== undefined) {
    const checked = checkBody(operation, call);
    if (checked.kind === 'problem') {
      return answers.because(declaredStatus(operation, checked.problem.statuses), checked.problem.detail);
    }
  } else if (body.kind === 'broken') return answers.because(422, 'The body is no valid JSON.');
  else if (body.kind === 'too-large') return answers.because(400, 'The body is larger than 1 MiB.');
  return operationHandler.respond({
    store: handler.store,
    apiVersion: handler.apiVersion,
    answers,
    id: params[0] ?? '',
    query,
    ...(body.kind === 'json' ? { body: body.value } : {}),
  });
}

/** The response of a gateway in front of the service: no JSON. */
const unavailable: Reply = { status: 503, type: 'text/html', body: '<h1>503 Service Unavailable</h1>' };
