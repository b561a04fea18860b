/**
 * Recomputes parts of an answer of `mesh canary replay` from the lines of its stream: custom metrics, the blame, and
 * the reasons of blindness. Follows docs/canary-judge.md alone and uses no code of the judge.
 */

/** A line of a stream, with the fields that any kind has. */
export interface Line {
  readonly t: number;
  readonly arm?: 'candidate' | 'baseline';
  readonly instance?: string;
  readonly side?: 'server';
  readonly requests?: number;
  readonly errors?: number;
  readonly metric?: string;
  readonly value?: number;
  readonly failed?: boolean;
  readonly cause?: string;
}

/** The sums of a custom metric, and the minute after which it crossed its boundary. */
export interface CustomSums {
  readonly minutes: number;
  readonly sum: number;
  readonly variance: number;
  readonly bound: number;
  readonly crossed: boolean;
}

/** Returns the sums over all closed minutes of a stream up to a second. `tests` is the number of tests that share α. */
export function customSums(
  lines: readonly Line[],
  { name, direction }: { readonly name: string; readonly direction: 'increase' | 'decrease' },
  { wrongRollback, tests, until }: { wrongRollback: number; tests: number; until: number },
): CustomSums {
  const alpha = wrongRollback / 3 / tests;
  const values = lines.filter((line) => line.metric === name && line.t <= until);
  // A minute includes its end, and is closed by the first later value.
  const last = Math.max(...values.map(({ t }) => Math.ceil(t / 60)));
  const differences: number[] = [];
  let crossed = false;
  let bound = 0;
  for (let minute = 0; minute < last; minute++) {
    const own = values.filter(({ t }) => Math.max(1, Math.ceil(t / 60)) === minute);
    const [c, b] = (['candidate', 'baseline'] as const).map((arm) =>
      mean(own.filter((line) => line.arm === arm)),
    );
    if (c === undefined || b === undefined || Number.isNaN(c + b)) continue;
    const d = (c - b) / Math.max(Math.abs(c), Math.abs(b));
    differences.push(direction === 'increase' ? d : -d);
    bound = boundary(varianceOf(differences), alpha);
    crossed = differences.length >= 8 && total(differences) >= bound;
  }
  return {
    minutes: differences.length,
    sum: total(differences),
    variance: varianceOf(differences),
    bound,
    crossed,
  };
}

/** Returns the one-sided normal mixture boundary, with ρ tightest at this variance. */
function boundary(variance: number, alpha: number): number {
  const two = 2 * Math.log(1 / alpha);
  const rho = Math.max(0.5, (2 * variance) / (two + Math.log(1 + two)));
  const v = variance + rho;
  return Math.sqrt(2 * v * Math.log(Math.sqrt(v / rho) / (2 * alpha) + 1));
}

function varianceOf(differences: readonly number[]): number {
  const center = total(differences) / differences.length;
  const empirical = total(differences.map((d) => (d - center) ** 2)) / differences.length;
  return differences.length * Math.max(0.0001, empirical);
}

function mean(lines: readonly Line[]): number {
  return total(lines.map(({ value = 0 }) => value)) / lines.length;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

/** Returns the origin of errors of a stream up to a second, for a verdict. */
export function blameOf(
  lines: readonly Line[],
  { verdict, at }: { readonly verdict: string; readonly at: number },
  slo: number,
): string | undefined {
  const counted = (arm: string, side: string | undefined) =>
    growth(lines.filter((line) => line.t <= at && line.arm === arm && line.side === side));
  if (['pass', 'watching', 'blind'].includes(verdict)) return undefined;
  if (verdict !== 'fail') {
    const misses = ['candidate', 'baseline'].map((arm) => {
      const { requests, errors } = counted(arm, undefined);
      return requests > 0 && errors / requests > 1 - slo;
    });
    return misses.every(Boolean) ? 'dependency' : undefined;
  }
  const serving = counted('candidate', 'server');
  if (serving.requests === 0) return undefined;
  return serving.errors * 2 >= counted('candidate', undefined).errors ? 'application' : 'mesh';
}

/** Returns the growth of all instances' counters, from the first reading of each, and from zero after a restart. */
function growth(lines: readonly Line[]): { readonly requests: number; readonly errors: number } {
  const before = new Map<string, Line>();
  const all = { requests: 0, errors: 0 };
  for (const line of lines) {
    const { instance = '', requests, errors } = line;
    if (requests === undefined || errors === undefined) continue;
    const last = before.get(instance);
    before.set(instance, line);
    if (last === undefined) continue;
    const restarted = requests < (last.requests ?? 0) || errors < (last.errors ?? 0);
    all.requests += requests - (restarted ? 0 : (last.requests ?? 0));
    all.errors += errors - (restarted ? 0 : (last.errors ?? 0));
  }
  return all;
}

/**
 * Returns the reason why the readings up to a second are no evidence: the last defect, if no reading was complete for a
 * minute or four readings. Returns undefined if one was complete.
 */
export function blindnessOf(lines: readonly Line[], at: number, interval: number): string | undefined {
  const seen = lines.filter(({ t, side }) => !(t > at) && side === undefined);
  const candidates = new Set(
    seen.flatMap(({ arm, instance }) => (arm === 'candidate' && instance ? [instance] : [])),
  );
  let whole = Number.NEGATIVE_INFINITY;
  let reason: string | undefined;
  let latest = 0;
  const before = new Map<string, Line>();
  for (const reading of readings(seen)) {
    const defect = defectOf(reading, before, latest, interval);
    latest = Math.max(latest, ...reading.map(({ t }) => t));
    const told = new Set(reading.flatMap(({ instance, failed }) => (failed || !instance ? [] : [instance])));
    if (defect === undefined && [...candidates].every((one) => told.has(one))) whole = latest;
    else reason = defect ?? reason ?? 'source';
    for (const line of reading) if (line.instance !== undefined && !line.failed) before.set(key(line), line);
  }
  return at - whole > Math.max(60, 4 * interval) ? (reason ?? 'source') : undefined;
}

function key({ arm, instance }: Line): string {
  return `${arm ?? ''}/${instance ?? ''}`;
}

/** Divides the lines where the time changes. */
function readings(lines: readonly Line[]): readonly (readonly Line[])[] {
  const all: Line[][] = [];
  for (const line of lines) {
    if (line.requests === undefined && line.failed === undefined) continue;
    const last = all.at(-1);
    if (last?.[0]?.t === line.t) last.push(line);
    else all.push([line]);
  }
  return all;
}

/** Returns the first defect that keeps a reading from being evidence. */
function defectOf(
  reading: readonly Line[],
  before: ReadonlyMap<string, Line>,
  latest: number,
  interval: number,
): string | undefined {
  const failed = reading.find((line) => line.failed);
  if (failed !== undefined) return failed.cause ?? 'source';
  if (reading.some(({ t }) => latest - t > Math.max(10, interval))) return 'clock';
  const can = (n: number): boolean => n >= 0 && n <= Number.MAX_SAFE_INTEGER;
  for (const line of reading) {
    const { requests = 0, errors = 0, t } = line;
    if (!can(requests) || !can(errors) || errors > requests) return 'counters';
    const last = before.get(key(line));
    if (last !== undefined && requests - (last.requests ?? 0) > 1e7 * (t - last.t)) return 'counters';
  }
  const counts = new Map<string, string>();
  for (const line of reading) {
    const count = `${String(line.requests)} ${String(line.errors)}`;
    if ((counts.get(key(line)) ?? count) !== count) return 'series';
    counts.set(key(line), count);
  }
  const known = reading.filter((line) => before.has(key(line)));
  const lower = known.filter((line) => (line.requests ?? 0) < (before.get(key(line))?.requests ?? 0));
  return known.length > 1 && lower.length === known.length ? 'resets' : undefined;
}
