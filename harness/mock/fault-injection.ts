/** What goes wrong with an arrangement call. `lost-answer`: the call takes effect, its answer never arrives. */
export type InjectedFault = 'server-fault' | 'unavailable' | 'reset' | 'lost-answer';

/** A share of calls, in percent, that go wrong; the same seed gives the same sequence of faults. */
export function injectedFaults(percent: number, seed: number): () => InjectedFault | undefined {
  const draw = drawsOf(seed);
  return () => {
    if (draw() * 100 >= percent) return undefined;
    return injectable[Math.floor(draw() * injectable.length)];
  };
}

/** At most `perSecond` calls in any second; beyond, the whole seconds after which a call will pass. */
export function rateLimiter(perSecond: number, now: () => number): () => number | undefined {
  const times: number[] = [];
  return () => {
    const at = now();
    while (times[0] !== undefined && times[0] <= at - 1000) times.shift();
    if (times.length >= perSecond) return 1;
    times.push(at);
    return undefined;
  };
}

const injectable: readonly InjectedFault[] = ['server-fault', 'unavailable', 'reset', 'lost-answer'];

/** Numbers from 0 to 1, by the mulberry32 generator: small, and good enough to choose faults. */
function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
