/** The number of measurements on a machine with free cores, and on one on which this process waited for a core. */
const most = { free: 3, busy: 8 };

/** Milliseconds that a timer may be late on a machine with free cores. */
const late = 100;

/**
 * Returns the differences of a measurement of times or tries that a busy machine can delay: no differences if one of
 * three measurements finds none, otherwise those of the last. Up to five more follow while this process itself waits for a
 * core, since proxies then wait, too. A proxy that is configured wrongly differs each time. A measurement for which
 * `isDisturbed` returns false counts at once.
 */
export async function undisturbed(
  measure: () => Promise<readonly string[]>,
  isDisturbed: () => boolean = () => true,
): Promise<readonly string[]> {
  for (let done = 1; ; done += 1) {
    const { found, lateness } = await watched(measure);
    const allowed = lateness > late ? most.busy : most.free;
    if (found.length === 0 || !isDisturbed() || done >= allowed) return found;
  }
}

/** Runs a measurement; returns also the most milliseconds that a timer was late meanwhile. */
async function watched(measure: () => Promise<readonly string[]>) {
  const step = 20;
  let lateness = 0;
  let last = performance.now();
  const look = (): void => {
    const now = performance.now();
    lateness = Math.max(lateness, now - last - step);
    last = now;
  };
  const timer = setInterval(look, step);
  try {
    const found = await measure();
    look();
    return { found, lateness };
  } finally {
    clearInterval(timer);
  }
}
