import { HarnessError } from '../core/errors.ts';
import type { Case, Property, Send } from '../model/case.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Target } from '../model/target.ts';
import { isRefusal } from '../wire/refusal.ts';

/** A server asks to be asked later (429, 503 with Retry-After), so nothing is known. */
export class Refused extends HarnessError {
  /** What was asked for, as {@link askedBy} names it. */
  readonly asked: string;
  readonly status: number;

  constructor(asked: string, status: 429 | 503, message: string) {
    const hint = 'Ask more slowly: --rate N (requests a second), --concurrency 1.';
    super('E_TARGET_THROTTLED', message, { kind: 'target', hint });
    this.asked = asked;
    this.status = status;
  }
}

/** What a run knows of the refusals of a server: whether they pass. */
interface Throttling {
  /** Whether a case runs again where this is refused. */
  isPassing(asked: string): boolean;
  heard(asked: string, exchange: Exchange): void;
  /** Whether the case is to run again, whose last try ended with this refused. */
  runsAgain(one: Case, refused: Refused): boolean;
  /** Why no further case is run: the server is not waited for any longer. */
  givenUp(): string | undefined;
}

/** How often a case runs, if each time it is refused. */
const mostTries = 8;
/** A declared response refused so often, each time after others were not, is refused for another reason than the pace. */
const enough = 3;

const known = new WeakMap<Target, Throttling>();

/** What is known of that target. */
export function throttlingOf(target: Target): Throttling {
  const found = known.get(target) ?? throttling(target);
  known.set(target, found);
  return found;
}

/** The name of what a step asks for: the declared response that it is promised, or itself. */
export function askedBy(one: Case, { name, expectation }: Send | Property): string {
  return expectation.kind === 'declared' ? `response ${expectation.response.key}` : `${one.id} ${name}`;
}

function throttling({ pace }: Target): Throttling {
  const tries = new Map<string, number>();
  const taken = new Set<string>();
  const refusals = new Map<string, { times: number; answered: number }>();
  const lasting = new Set<string>();
  /** 429 is what the server has for a declared response: then no refusal is about the pace. */
  let never = pace === undefined;

  const isPassing = (asked: string): boolean => !never && pace?.givenUp() === undefined && !lasting.has(asked);

  /** Refused each time, although others were not, and no other declared response ever was. */
  const lasts = (asked: string): boolean => {
    const before = refusals.get(asked) ?? { times: 0, answered: -1 };
    const answered = pace?.answered() ?? 0;
    const times = before.times + (answered > before.answered ? 1 : 0);
    refusals.set(asked, { times, answered });
    const others = [...refusals.keys()].some((each) => each !== asked && each.startsWith('response '));
    // The request of a single case may be refused by chance as often as it is sent.
    return times >= enough && asked.startsWith('response ') && !taken.has(asked) && !others;
  };

  return {
    isPassing,
    givenUp: () => pace?.givenUp(),
    heard(asked, { response }) {
      if (response !== undefined && !isRefusal(response)) taken.add(asked);
    },
    runsAgain(one, { asked, status }) {
      if (never || lasting.has(asked)) return false;
      const count = (tries.get(one.id) ?? 0) + 1;
      tries.set(one.id, count);
      const isLasting = lasts(asked);
      const isOver = count >= mostTries || pace?.givenUp() !== undefined;
      if (!isLasting && !isOver) {
        pace?.noteAgain();
        return true;
      }
      if (isLasting) lasting.add(asked);
      if (isLasting && asked.startsWith('response ') && status === 429) {
        never = true;
        pace?.forget();
      }
      // A 503 that does not pass is judged, if it is the only one.
      if (status !== 503 || taken.has(asked) || refusals.size > 1) return false;
      lasting.add(asked);
      pace?.forget();
      return true;
    },
  };
}
