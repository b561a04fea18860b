import type { Ir } from '../../../ir/ir.ts';
import type { Limit } from '../../target.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { formatterSince, headerOf } from './custom-tags.ts';

/** Tags of spans that this version can't make. */
export function telemetryLimits({ telemetry }: Ir, { minor }: LoweringOptions): readonly Limit[] {
  const { tracing } = telemetry;
  if (tracing === undefined || minor >= formatterSince) return [];
  return tracing.tags
    .filter(({ expression }) => headerOf(expression) === undefined)
    .map(({ name }) => ({
      feature: 'telemetry.tracing',
      reason: `Istio before 1.${String(formatterSince)} makes tags of headers alone, so that spans have no ${name}`,
      callers: 'nothing; who reads traces misses a tag',
      origin: tracing.origin,
    }));
}
