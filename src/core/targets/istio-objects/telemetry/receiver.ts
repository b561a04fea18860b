import type { Ir } from '../../../ir/ir.ts';
import type { TelemetryService } from '../../../ir/telemetry.ts';
import type { Json } from '../../artifact.ts';

/** Returns service and port of a receiver in the form of providers. */
export function receiver(
  ir: Ir,
  { service, port }: TelemetryService,
): { readonly service: Json; readonly port: Json } {
  const [namespace = '', name = ''] = service.split('/');
  const found = ir.services[service]?.ports.find((candidate) => candidate.name === port);
  return { service: `${name}.${namespace}.svc.cluster.local`, port: found?.number ?? 0 };
}
