/** How long this process could not attend to its connections, because it was busy or had no processor. */
interface LoopWatch {
  /** Milliseconds since the watch was opened. */
  blockedMs(): number;
  close(): void;
}

const everyMs = 20;

let users = 0;
let timer: NodeJS.Timeout | undefined;
let lastTick = 0;
let total = 0;

/** Measures while somebody watches, with one timer for all: how much later than due it fires is what was lost. */
export function watchLoop(): LoopWatch {
  if (users === 0) {
    lastTick = performance.now();
    timer = setInterval(tick, everyMs);
    timer.unref();
  }
  users += 1;
  const before = total;
  let open = true;
  return {
    blockedMs: () => total - before + overdue(),
    close() {
      if (!open) return;
      open = false;
      users -= 1;
      if (users === 0) clearInterval(timer);
    },
  };
}

function tick(): void {
  total += overdue();
  lastTick = performance.now();
}

/** A tick that is a little late is no sign of anything. */
function overdue(): number {
  const late = performance.now() - lastTick - everyMs;
  return late > everyMs ? late : 0;
}
