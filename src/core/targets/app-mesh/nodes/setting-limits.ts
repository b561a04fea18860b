import type { Ir } from '../../../ir/ir.ts';
import { mtlsOf, type Service } from '../../../ir/service.ts';
import type { Limit } from '../../target.ts';
import { limitAt } from '../limit-at.ts';
import { isWithinRanges } from './health-check.ts';

/** Returns the limits of settings, of checks, and of services that share pods. */
export function settingLimits(ir: Ir): readonly Limit[] {
  return [
    ...Object.values(ir.services).flatMap(({ ports, settings, healthCheck }) => {
      if (ports.length === 0) return [];
      const { outlierDetection: ejection } = settings;
      const isEjectionKept =
        ejection === undefined ||
        (ejection.consecutive5xx > 0 &&
          ejection.consecutiveGatewayErrors === 0 &&
          ejection.minHealthPercent === 0);
      return [
        ...(isEjectionKept ? [] : [limitAt('settings.outlier-detection', ejection.origin)]),
        ...(healthCheck === undefined || isWithinRanges(healthCheck)
          ? []
          : [limitAt('service.health-check', healthCheck.origin)]),
      ];
    }),
    ...sharedPods(ir),
  ];
}

/** Returns the services whose pods may be those of another one: App Mesh refuses pods with two virtual nodes. */
function sharedPods({ services }: Ir): readonly Limit[] {
  const byNamespace = Map.groupBy(Object.values(services), ({ namespace }) => namespace);
  return [...byNamespace.values()].flatMap((near) =>
    near.flatMap((service) => {
      const other = near.find((one) => one !== service && isAmong(one, service));
      const [port] = service.ports;
      if (other === undefined || port === undefined) return [];
      return [
        limitAt(
          `mtls.${mtlsOf(service, port)}`,
          port.mtls === undefined ? service.origin : port.origin,
          `App Mesh refuses pods with two virtual nodes, and pods of ${service.id} have the labels of ${other.id}, too`,
        ),
      ];
    }),
  );
}

/** Returns true if pods of a service carry all labels of another one. */
function isAmong({ workload }: Service, service: Service): boolean {
  return Object.entries(workload.labels).every(([key, value]) => service.workload.labels[key] === value);
}
