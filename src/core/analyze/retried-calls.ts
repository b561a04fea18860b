import type { Ir } from '../ir/ir.ts';
import type { Retries } from '../ir/retries.ts';
import type { Forward, Route } from '../ir/route.ts';
import { formatOrigin, type Origin } from '../location.ts';

/** The retries and the timeout of calls, at the place that sets them. */
export interface RetriedCalls {
  readonly retries: Retries;
  /** Milliseconds; 0 means no limit. */
  readonly timeout: number;
  readonly origin: Origin;
}

/** Yields the retries of services, Externals and rules, each place once; rules that inherit both times are left out. */
export function* retriedCalls(ir: Ir): Generator<RetriedCalls> {
  const seen = new Set<string>();
  for (const calls of everyRetriedCalls(ir)) {
    const key = `${formatOrigin(calls.origin)}:${String(calls.timeout)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    yield calls;
  }
}

function* everyRetriedCalls(ir: Ir): Generator<RetriedCalls> {
  for (const { settings, ports } of [...Object.values(ir.services), ...Object.values(ir.externals)]) {
    const { retries, timeout, origins } = settings;
    if (retries !== undefined)
      yield { retries, timeout, origin: origins['retries.perTryTimeout'] ?? retries.origin };
    for (const { route } of ports) if (!route.implicit) yield* ofRoute(ir, route);
  }
  for (const { listeners } of Object.values(ir.gateways))
    for (const { route } of listeners.flatMap(({ virtualHosts }) => virtualHosts)) yield* ofRoute(ir, route);
}

function* ofRoute(ir: Ir, { rules }: Route): Generator<RetriedCalls> {
  for (const { action, origin } of rules) {
    if (action.type !== 'forward' || action.retries === undefined || isInherited(ir, action)) continue;
    yield { retries: action.retries, timeout: action.timeout, origin };
  }
}

/** Returns true if both times come from a service: a finding then belongs to the service. */
function isInherited(ir: Ir, { backends, retries, timeout }: Forward): boolean {
  return backends.some(({ service }) => {
    const settings = (ir.services[service] ?? ir.externals[service])?.settings;
    return settings?.timeout === timeout && settings.retries?.perTryTimeout === retries?.perTryTimeout;
  });
}
