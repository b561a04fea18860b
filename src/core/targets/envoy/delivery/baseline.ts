import { jsonRecord } from '../../../lib/json-record.ts';
import { record } from '../../../lib/record.ts';
import type { Baseline, Baselines, Moment, ProxyReport } from '../../acceptance.ts';
import type { Json } from '../../artifact.ts';
import { isSameProcess } from './proxy-report.ts';

/**
 * Returns the counters before which increases don't count. For a process that started after the baseline they are 0.
 * Returns undefined if they are unknown: the process is older than the baseline but gave no report then.
 */
export function countedBefore(
  { at, report }: Baseline,
  now: ProxyReport,
): ReadonlyMap<string, number> | undefined {
  if (report === undefined) return now.started.from >= at - tolerance ? none : undefined;
  if (!isSameProcess(report.started, now.started)) return none;
  // A restart within the same second is detected by a counter that decreased.
  const isReset = [...report.numbers].some(
    ([name, value]) => isFailureCounter(name) && value > (now.numbers.get(name) ?? 0),
  );
  return isReset ? none : report.numbers;
}

/** Returns the baselines in the form of the journal; only counters of failures above 0 are stored. */
export function baselinesJson(baselines: Baselines): Json {
  return record(
    [...baselines].map(([id, { at, report }]) => [
      id,
      {
        at,
        ...(report && {
          started: [report.started.from, report.started.to],
          failures: record(
            [...report.numbers].filter(([name, value]) => isFailureCounter(name) && value > 0),
          ),
        }),
      },
    ]),
  );
}

/** Reads the JSON of `baselinesJson`; leaves out entries of another shape. */
export function readBaselines(json: Json | undefined, isAccepted = false): Baselines {
  const found = new Map<string, Baseline>();
  for (const [id, value] of Object.entries(jsonRecord(json))) {
    const { at, started, failures } = jsonRecord(value);
    if (typeof at !== 'number') continue;
    const moment = momentOf(started);
    const numbers = new Map(
      Object.entries(jsonRecord(failures)).filter(
        (entry): entry is [string, number] => typeof entry[1] === 'number',
      ),
    );
    const accepted = isAccepted ? { isAccepted } : {};
    found.set(id, { at, ...accepted, ...(moment && { report: { started: moment, numbers } }) });
  }
  return found;
}

function momentOf(json: Json | undefined): Moment | undefined {
  const [from, to] = Array.isArray(json) ? (json as readonly Json[]) : [];
  return typeof from === 'number' && typeof to === 'number' ? { from, to } : undefined;
}

function isFailureCounter(name: string): boolean {
  return name.endsWith('.update_rejected') || name.endsWith('.update_failure');
}

const none: ReadonlyMap<string, number> = new Map();
/** Milliseconds by which the computed start of a process may be too early. */
const tolerance = 1000;
