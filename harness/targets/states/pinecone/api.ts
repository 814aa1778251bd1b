import { setTimeout as pause } from 'node:timers/promises';
import { HarnessError } from '../../../core/errors.ts';
import type { Exchange, FaultKind, WireRequest } from '../../../model/exchange.ts';
import type { Ledger } from '../../live/ledger.ts';
import { interrupted } from '../../../core/abort.ts';
import type { LiveClient } from '../../live/client.ts';
import { type Call, checkCall } from './arrangement-guard.ts';

/** An answer of the control plane. */
export interface Answer {
  readonly status: number;
  /** The parsed body; undefined where it is no JSON. */
  readonly body: unknown;
  /** An earlier try got no clear answer and may have taken effect. */
  readonly again: boolean;
}

export interface Api {
  /**
   * Sends a call; tries again after 429, 5xx and broken connections, within bounds. `done`: finds out whether an earlier
   * try has taken effect after all, before the call is sent again; what it finds stands for the answer.
   */
  call(call: Call, done?: () => Promise<Answer | undefined>): Promise<Answer>;
}

/** The code of the error when no server answers. */
export const unreachable = 'E_TARGET_UNREACHABLE';

/** The version of the API that arranging speaks, whatever version is under test. */
const arrangingVersion = '2025-04';
const tries = 8;
const longestPauseMs = 20_000;
/** Faults after which trying again does not help: no server answers there, or none that is trusted. */
const pointless: readonly FaultKind[] = ['refused', 'dns', 'tls', 'proxy', 'blocked', 'own-machine'];

export function openApi(options: {
  readonly client: LiveClient;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  /** The first pause; each next one is twice as long. */
  readonly firstPauseMs?: number;
  /** How long all pauses of one call may take. */
  readonly retryWaitMs?: number;
}): Api {
  const { client, ledger, signal, firstPauseMs = 250, retryWaitMs = 60_000 } = options;

  async function once(call: Call): Promise<Exchange> {
    checkCall(call, ledger);
    const request = {
      method: call.method,
      path: call.path,
      headers: [
        ['Api-Key', client.key],
        ['X-Pinecone-Api-Version', arrangingVersion],
        ['Accept', 'application/json'],
        ...(call.body === undefined ? [] : [['Content-Type', 'application/json'] as const]),
      ],
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    } satisfies WireRequest;
    return client.send(request, signal);
  }

  return {
    async call(call, done) {
      let again = false;
      let waited = 0;
      for (let attempt = 1; ; attempt += 1) {
        const found = again ? await done?.() : undefined;
        if (found !== undefined) return found;
        const exchange = await once(call);
        const trouble = troubleIn(exchange);
        if (trouble === undefined) return { ...read(exchange), again };
        const fault = exchange.fault?.kind;
        const isPointless = fault !== undefined && pointless.includes(fault);
        const wait = pauseAfter(exchange, attempt, firstPauseMs);
        waited += wait;
        if (attempt === tries || isPointless || waited > retryWaitMs) throw failed(call, trouble, attempt, isPointless);
        // A 429 was turned away before anything happened; anything else may have happened.
        again ||= exchange.response?.status !== 429;
        await pause(wait, undefined, { signal }).catch(() => {
          throw interrupted(`${call.method} ${call.path}`);
        });
      }
    },
  };
}

function troubleIn({ response, fault }: Exchange): string | undefined {
  if (fault !== undefined || response === undefined) return fault?.message ?? 'no answer came';
  if (response.status === 429) return 'it is throttled (429)';
  return response.status >= 500 ? `it answers ${response.status}` : undefined;
}

function read({ response }: Exchange): Pick<Answer, 'status' | 'body'> {
  const text = Buffer.from(response?.body ?? []).toString('utf8');
  const status = response?.status ?? 0;
  try {
    return { status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  } catch {
    return { status, body: undefined };
  }
}

/** What Retry-After asks for, or twice as long as before; a random part keeps two runs from meeting again. */
function pauseAfter({ response }: Exchange, attempt: number, first: number): number {
  const wait = response?.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1] ?? '';
  const asked = /^\d{1,4}$/.test(wait) ? Number(wait) * 1000 : Math.max(0, Date.parse(wait) - Date.now()) || 0;
  const grown = first * 2 ** (attempt - 1);
  return Math.min(Math.max(asked, grown), longestPauseMs) * (1 + Math.random() / 2);
}

function failed({ method, path }: Call, why: string, attempts: number, noServer: boolean): HarnessError {
  return new HarnessError(
    noServer ? unreachable : 'E_ARRANGE',
    `${method} ${path} failed: ${why}${attempts > 1 ? `, after ${attempts} tries` : ''}`,
    {
      kind: 'target',
      hint: 'Check that the target is running and that PINECONE_API_KEY is a key of it. No case was judged by this.',
    },
  );
}
