import type { Ir } from '../../ir/ir.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
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
