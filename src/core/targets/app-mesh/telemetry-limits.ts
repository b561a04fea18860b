import type { Ir } from '../../ir/ir.ts';
import type { Limit } from '../target.ts';
import { limitAt } from './limit-at.ts';

/** Returns the access logs that App Mesh can't write as the spec says. */
export function telemetryLimits({ telemetry, services }: Ir): readonly Limit[] {
  const all = [telemetry, ...Object.values(services).flatMap((service) => service.telemetry ?? [])];
  return all.flatMap(({ accessLog }) => {
    if (accessLog === undefined) return [];
    if (accessLog.output.type === 'otlp')
      return [
        limitAt('telemetry.access-log', accessLog.origin, 'App Mesh sends no access log to a receiver'),
      ];
    return accessLog.when === undefined
      ? []
      : [limitAt('telemetry.access-log', accessLog.origin, 'App Mesh logs every request')];
  });
}
