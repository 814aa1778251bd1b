import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { abortedLater } from '../../core/abort.ts';
import { isRecord, parsedJson } from '../../core/parsed-json.ts';
import { HarnessError, messageOf } from '../../core/errors.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Arranged } from '../../model/target.ts';
import { defaultLimits } from '../../wire/limits.ts';
import { openWire } from '../../wire/send.ts';
import { exclusiveIds, type Values } from './exclusive-ids.ts';
import { pendingWork } from './pending-work.ts';
import { stateUnsupported, type StateProvider } from './provider.ts';

/** A provider may have to wait for a real resource. */
const defaultTimeoutMs = 60_000;
/** How long taking states down may take after the end of the run. */
const defaultGraceMs = 10_000;

/**
 * States that a provider sets up on request, in the manner of Pact's state-change URL: POST
 * `{state, action: "setup"}` is answered `{values}`, and the same with `action: "teardown"` takes it down again. A
 * provider declines a state that it does not know by 404 or `{"unsupported": true}`.
 */
export function httpStates(
  text: string,
  options: { readonly timeoutMs?: number; readonly graceMs?: number; readonly signal?: AbortSignal } = {},
): StateProvider {
  const { timeoutMs = defaultTimeoutMs, graceMs = defaultGraceMs } = options;
  const closing = new AbortController();
  const signal = options.signal === undefined ? closing.signal : AbortSignal.any([options.signal, closing.signal]);
  const takingDownEnds = abortedLater(signal, graceMs);
  setMaxListeners(0, signal, takingDownEnds);
  const url = parse(text);
  const limits = { ...defaultLimits, timeoutMs };
  const wire = openWire({ origin: url.origin, limits, secrets: [] });
  const left: string[] = [];
  /** Why a state was declined. */
  const declined = new Map<string, string>();

  async function post(state: string, action: 'setup' | 'teardown', values?: Values): Promise<Values> {
    const exchange = await wire.send(
      {
        method: 'POST',
        path: `${url.pathname}${url.search}`,
        headers: [
          ['Content-Type', 'application/json'],
          ['Accept', 'application/json'],
        ],
        body: JSON.stringify({ state, action, ...(values === undefined ? {} : { values }) }),
      },
      // What was set up is taken down, whatever ends the run.
      { signal: action === 'teardown' ? takingDownEnds : signal },
    );
    const answer = readAnswer(exchange);
    switch (answer.kind) {
      case 'values':
        return answer.values;
      case 'declined': {
        if (action === 'teardown') return {};
        const reason = `the state provider at ${url.origin}${url.pathname} declines "${state}" (${answer.why})`;
        declined.set(state, reason);
        throw new HarnessError(stateUnsupported, reason, {
          kind: 'target',
          hint: 'Check the URL of --states, or let the provider answer {"values": {…}} for this state.',
        });
      }
      case 'failed':
        throw setupFailed(url, state, action, answer.why);
      default:
        return answer satisfies never;
    }
  }

  const ids = exclusiveIds(
    {
      setUp: (state) => post(state, 'setup'),
      async tearDown(state, values) {
        await post(state, 'teardown', values).catch((error: unknown) => {
          left.push(`"${state}" ${JSON.stringify(values)} was not taken down: ${messageOf(error)}`);
        });
      },
    },
    signal,
  );

  const pending = pendingWork();

  return {
    name: url.origin,
    // Only the provider knows its states, and it is asked when a case needs one.
    can(state) {
      const reason = declined.get(state);
      return reason === undefined ? true : { reason };
    },
    async arrange(state, { caseId = randomUUID() }): Promise<Arranged> {
      const values = await pending.track(ids.take(state, caseId));
      return { values, release: () => pending.track(ids.giveBack(state, values, caseId)) };
    },
    async close() {
      closing.abort();
      await pending.ended();
      await wire.close();
      return left;
    },
  };
}

type ProviderAnswer =
  | { readonly kind: 'values'; readonly values: Values }
  | { readonly kind: 'declined'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

function readAnswer({ response, fault }: Exchange): ProviderAnswer {
  if (fault !== undefined || response === undefined) {
    return { kind: 'failed', why: fault?.message ?? 'no answer came' };
  }
  const text = Buffer.from(response.body).toString('utf8');
  if (response.status === 404) return { kind: 'declined', why: '404' };
  if (response.status < 200 || response.status > 299) {
    return { kind: 'failed', why: `it answered ${response.status} ${excerpt(text)}`.trim() };
  }
  if (text.trim() === '') return { kind: 'values', values: {} };
  const parsed = parsedJson(text);
  const answer = isRecord(parsed) ? parsed : undefined;
  if (answer?.['unsupported'] === true) return { kind: 'declined', why: 'unsupported' };
  const values = answer === undefined ? undefined : valuesOf(answer);
  if (values !== undefined) return { kind: 'values', values };
  return { kind: 'failed', why: `it answered ${excerpt(text)} where {"values": {"name": "text"}} was expected` };
}

function valuesOf(answer: Readonly<Record<string, unknown>>): Values | undefined {
  const values = answer['values'] ?? {};
  if (!isRecord(values)) return undefined;
  const entries = Object.entries(values);
  if (entries.some(([, value]) => typeof value !== 'string' && typeof value !== 'number')) return undefined;
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function excerpt(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new HarnessError('E_STATES', `--states ${JSON.stringify(text)} is no http(s) URL`, {
      hint: 'Name a file, or a URL that begins with http:// or https://.',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new HarnessError('E_STATES', `The URL of the state provider at ${url.host} has credentials in it`, {
      hint: 'Leave them out; let the provider listen where only this run can reach it.',
    });
  }
  return url;
}

function setupFailed(url: URL, state: string, action: string, why: string): HarnessError {
  return new HarnessError(
    'E_STATE_PROVIDER',
    `The ${action} of "${state}" at ${url.origin}${url.pathname} failed: ${why}`,
    {
      kind: 'target',
      hint: 'It is asked by POST {"state", "action": "setup"|"teardown", "values"} and must answer {"values": {…}}.',
    },
  );
}
