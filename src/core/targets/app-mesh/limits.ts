import type { Ir } from '../../ir/ir.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { own } from '../../lib/own.ts';
import type { Limit } from '../target.ts';
import type { Lowering } from './context.ts';
import { gatewayLimits } from './gateways/limits.ts';
import { limitAt } from './limit-at.ts';
import { accessLimits } from './nodes/access-limits.ts';
import { settingLimits } from './nodes/setting-limits.ts';
import { routeLimits } from './routes/limits.ts';
import { telemetryLimits } from './telemetry-limits.ts';

/** Returns the places of which App Mesh keeps less than the spec says. */
export function limits(lowering: Lowering): readonly Limit[] {
  const all = [
    ...accessLimits(lowering.ir),
    ...settingLimits(lowering.ir),
    ...routeLimits(lowering),
    ...gatewayLimits(lowering.ir),
    ...telemetryLimits(lowering.ir),
    ...exposureLimits(lowering.ir),
    ...hiddenFromGateways(lowering.ir),
  ];
  return [...new Map(all.map((limit) => [canonicalJson(limit), limit])).values()];
}

/** Returns the services that some callers should not see, where every call to an unknown host gets through. */
function exposureLimits({ egress, services }: Ir): readonly Limit[] {
  if (egress !== 'allow') return [];
  return Object.values(services).flatMap(({ exposeTo, ports, origin }) =>
    exposeTo === 'all' || ports.length === 0 ? [] : [limitAt('service.expose-to', origin)],
  );
}

/** Returns the services to which a gateway sends whose namespace should not see them. */
function hiddenFromGateways({ gateways, services }: Ir): readonly Limit[] {
  return Object.values(gateways).flatMap(({ namespace, listeners }) => {
    const rules = listeners.flatMap(({ virtualHosts }) => virtualHosts.flatMap(({ route }) => route.rules));
    const backends = rules.flatMap(({ action }) => (action.type === 'forward' ? action.backends : []));
    return backends.flatMap(({ service: id }) => {
      const service = own(services, id);
      if (service === undefined || service.exposeTo === 'all' || service.exposeTo.includes(namespace))
        return [];
      return [
        {
          feature: 'service.expose-to' as const,
          origin: service.origin,
          reason: 'App Mesh answers 503 where a rule of a gateway leads to nobody',
          callers: 'requests through a gateway of another namespace get 503, and no 404',
        },
      ];
    });
  });
}
