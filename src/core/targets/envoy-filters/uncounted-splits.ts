import type { Ir } from '../../ir/ir.ts';
import type { Route } from '../../ir/route.ts';
import type { Limit } from '../target.ts';

/**
 * Finds rules that send only a share of their requests to a limited External, which can't be counted: a proxy counts
 * before it chooses the backend.
 */
export function uncountedSplits(ir: Ir): readonly Limit[] {
  const routes: readonly Route[] = [
    ...[...Object.values(ir.services), ...Object.values(ir.externals)].flatMap(({ ports }) =>
      ports.map(({ route }) => route),
    ),
    ...Object.values(ir.gateways).flatMap(({ listeners }) =>
      listeners.flatMap(({ virtualHosts }) => virtualHosts.map(({ route }) => route)),
    ),
  ];
  return routes.flatMap(({ rules }) =>
    rules.flatMap(({ action, origin }): readonly Limit[] => {
      if (action.type !== 'forward') return [];
      const ids = new Set(action.backends.map(({ service }) => service));
      const limited = [...ids].find((id) => ir.externals[id]?.settings.rateLimit !== undefined);
      if (limited === undefined || ids.size === 1) return [];
      return [
        {
          feature: 'settings.rate-limit',
          reason: `a proxy counts a request before it draws its backend, so the limit of ${limited} does not count requests of this split`,
          callers: `more requests than its limit may reach ${limited}`,
          origin,
        },
      ];
    }),
  );
}
