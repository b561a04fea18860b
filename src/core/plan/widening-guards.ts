import { own } from '../lib/own.ts';
import type { Guardrail, Plan, TargetReport } from './plan.ts';

/** The word that `--accept-widening` takes for a meaning that isn't proved. */
const unprovedId = 'unproved';

/**
 * Returns a guardrail for each group of requests that gain access and aren't accepted by their ids, once for all targets
 * that share it, and for each target whose meaning isn't proved.
 */
export function wideningGuards({ targets }: Plan, accepted: readonly string[]): readonly Guardrail[] {
  const seen = new Set(accepted);
  return Object.keys(targets).flatMap((name) => {
    const target = own(targets, name);
    return target === undefined ? [] : guardsOf(name, target, seen);
  });
}

/** Returns the accepted ids for which the plan has nothing to accept. */
export function unusedAcceptances({ targets }: Plan, accepted: readonly string[]): readonly string[] {
  const known = new Set(
    Object.values(targets).flatMap((report) => [
      ...(report.access?.gained ?? []).map(({ id }) => id),
      ...(reasonOf(report) === undefined ? [] : [unprovedId]),
    ]),
  );
  return [...new Set(accepted)].filter((id) => !known.has(id));
}

function guardsOf(target: string, report: TargetReport, seen: Set<string>): readonly Guardrail[] {
  const gained = report.access?.gained ?? [];
  const guards = gained.flatMap(({ id, from, to, ports, before }): readonly Guardrail[] => {
    if (seen.has(id)) return [];
    seen.add(id);
    const was = before.outcome === 'refused' ? 'which was refused before' : 'and reaches more than before';
    const message = `${from.join(', ')} may call ${to}:${ports.join(',')}, ${was}`;
    return [{ rule: 'widening', target, message, allow: `--accept-widening ${id}` }];
  });
  const why = reasonOf(report);
  if (why === undefined || seen.has(unprovedId)) return guards;
  const message = `who gains access is not proved: ${why}`;
  return [...guards, { rule: 'widening', target, message, allow: `--accept-widening ${unprovedId}` }];
}

/** Returns the reason why requests may gain access that the plan doesn't list; undefined if it lists all. */
function reasonOf({ access, unproved, cut }: TargetReport): string | undefined {
  if (access === undefined) return 'there is no mesh to compare with';
  if (unproved !== undefined) return unproved.slice(0, 3).join('; ');
  return cut === undefined
    ? undefined
    : `more groups of requests change than are listed, at ${cut.slice(0, 3).join(', ')}`;
}
