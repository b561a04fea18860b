import type { Ir } from '../../ir/ir.ts';
import type { Route } from '../../ir/route.ts';

/** Seconds for which a changed listener lets requests end if some of them have no time limit. */
const unlimited = 600;

/**
 * Returns the seconds that a changed listener drains: longer than any request may take, including the delays of faults.
 */
export function drainTime(ir: Ir): number {
  const routes = [
    ...[...Object.values(ir.services), ...Object.values(ir.externals)].flatMap(({ ports }) =>
      ports.map(({ route }) => route),
    ),
    ...Object.values(ir.gateways).flatMap(({ listeners }) =>
      listeners.flatMap(({ virtualHosts }) => virtualHosts.map(({ route }) => route)),
    ),
  ];
  const longest = routes.flatMap(durations).reduce((a, b) => Math.max(a, b), ir.unknownHostTimeout);
  const open = routes.some((route) => durations(route).includes(Infinity));
  return open ? unlimited : Math.min(unlimited, Math.ceil(longest / 1000) + 5);
}

/** Returns the milliseconds that requests of each rule may take. */
function durations({ rules }: Route): readonly number[] {
  return rules.flatMap(({ action }) =>
    action.type === 'forward'
      ? [action.timeout === 0 ? Infinity : action.timeout + (action.fault?.delay?.duration ?? 0)]
      : [],
  );
}
