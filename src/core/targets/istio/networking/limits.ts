import type { Ir } from '../../../ir/ir.ts';
import type { Limit } from '../../target.ts';
import { externalLimits } from './external-limits.ts';
import { gatewayLimits } from './gateway-limits.ts';
import { routeLimits } from './route-limits.ts';
import { settingLimits } from './setting-limits.ts';

/** What of routes, settings, gateways and hosts outside Istio can't say. */
export function networkingLimits(ir: Ir): readonly Limit[] {
  return [...routeLimits(ir), ...settingLimits(ir), ...externalLimits(ir), ...gatewayLimits(ir)];
}
