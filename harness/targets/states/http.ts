import { HarnessError } from '../../core/errors.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Arranged } from '../../model/target.ts';
import { defaultLimits } from '../../wire/limits.ts';
import { openWire } from '../../wire/send.ts';
import type { StateProvider } from './provider.ts';

type Values = Readonly<Record<string, string>>;

/** Arranging may take a while: a provider may have to wait for a real resource. */
const patience = 60_000;

/**
 * States that a provider sets up on request, in the manner of Pact's state-change URL: POST
 * `{state, action: "setup"}` is answered `{values}`, and the same with `action: "teardown"` takes it down again.
 */
export function httpStates(text: string, options: { readonly timeoutMs?: number } = {}): StateProvider {
  const url = parse(text);
  const limits = { ...defaultLimits, timeoutMs: options.timeoutMs ?? patience };
  const wire = openWire({ origin: url.origin, limits, secrets: [] });
  const left: string[] = [];

  async function ask(state: string, action: 'setup' | 'teardown', values?: Values): Promise<Values> {
    const exchange = await wire.send({
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      headers: [
        ['Content-Type', 'application/json'],
        ['Accept', 'application/json'],
      ],
      body: JSON.stringify({ state, action, ...(values === undefined ? {} : { values }) }),
    });
    const answer = valuesIn(exchange);
    if (typeof answer === 'string') throw unarranged(url, state, action, answer);
    return answer;
  }

  return {
    name: url.origin,
    // Only the provider knows its states, and it is asked when a case needs one.
    can: () => true,
    async arrange(state): Promise<Arranged> {
      const values = await ask(state, 'setup');
      return {
        values,
        async release() {
          await ask(state, 'teardown', values).catch((error: unknown) => {
            left.push(
              `"${state}" ${JSON.stringify(values)} was not taken down: ${error instanceof Error ? error.message : ''}`,
            );
          });
        },
      };
    },
    async close() {
      await wire.close();
      return left;
    },
  };
}

/** The values of an answer, or what is wrong with it. */
function valuesIn({ response, fault }: Exchange): Values | string {
  if (fault !== undefined || response === undefined) return fault?.message ?? 'no answer came';
  const text = Buffer.from(response.body).toString('utf8');
  if (response.status < 200 || response.status > 299) return `it answered ${response.status} ${excerpt(text)}`.trim();
  if (text.trim() === '') return {};
  const values = valuesOf(text);
  return values ?? `it answered ${excerpt(text)} where {"values": {"name": "text"}} was due`;
}

function valuesOf(text: string): Values | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    if (!isRecord(answer)) return undefined;
    const values = answer['values'] ?? {};
    if (!isRecord(values)) return undefined;
    const entries = Object.entries(values);
    if (entries.some(([, value]) => typeof value !== 'string' && typeof value !== 'number')) return undefined;
    return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function excerpt(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new HarnessError('E_STATES', `--states ${JSON.stringify(text)} is no http(s) URL`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new HarnessError('E_STATES', `The URL of the state provider at ${url.host} has credentials in it`, {
      hint: 'Leave them out; let the provider listen where only this run can reach it.',
    });
  }
  return url;
}

function unarranged(url: URL, state: string, action: string, why: string): HarnessError {
  return new HarnessError(
    'E_STATE_PROVIDER',
    `The ${action} of "${state}" at ${url.origin}${url.pathname} failed: ${why}`,
    {
      kind: 'target',
      hint: 'It is asked by POST {"state", "action": "setup"|"teardown", "values"} and must answer {"values": {…}}.',
    },
  );
}
