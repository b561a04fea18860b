import type { Ir } from '../../ir/ir.ts';
import type { Port, Service } from '../../ir/service.ts';

/** A port of a service. */
export interface ServicePort {
  readonly service: Service;
  readonly port: Port;
}

/** A port of pods, which one or several ports of the spec are. */
export interface PodPort extends ServicePort {
  /** Every port of the spec that is this port, in order of services. */
  readonly ports: readonly ServicePort[];
}

/**
 * Returns the ports of pods, each once. Of Services that may share pods, the one that selects most pods stands for all.
 */
export function podPorts({ services }: Pick<Ir, 'services'>): readonly PodPort[] {
  const all = Object.values(services).flatMap((service) => service.ports.map((port) => ({ service, port })));
  const places = Map.groupBy(all, ({ service, port }) => `${service.namespace} ${String(port.targetPort)}`);
  return [...places.values()].flatMap((ports) => {
    const near = nearby(ports);
    return ports.flatMap((own) => {
      const sharing = near(own).filter((other) => isAmong(other, own) || isAmong(own, other));
      const isCovered = sharing.some(
        (other) =>
          other !== own &&
          isAmong(other, own) &&
          (!isAmong(own, other) || ports.indexOf(other) < ports.indexOf(own)),
      );
      return isCovered ? [] : [{ ...own, ports: sharing }];
    });
  });
}

/**
 * Returns a function that finds the ports whose pods may be those of a given port: Services with a common label, or
 * without labels.
 */
function nearby(ports: readonly ServicePort[]): (own: ServicePort) => readonly ServicePort[] {
  const byLabel = new Map<string, ServicePort[]>();
  const unlabelled = ports.filter((port) => labelsOf(port).length === 0);
  for (const port of ports)
    for (const label of labelsOf(port)) {
      const known = byLabel.get(label);
      if (known === undefined) byLabel.set(label, [port]);
      else known.push(port);
    }
  return (own) => {
    const labels = labelsOf(own);
    if (labels.length === 0) return ports;
    const found = new Set([...labels.flatMap((label) => byLabel.get(label) ?? []), ...unlabelled]);
    return found.size === 1 ? [own] : ports.filter((port) => found.has(port));
  };
}

function labelsOf({ service }: ServicePort): readonly string[] {
  return Object.entries(service.workload.labels).map(([key, value]) => `${key}=${value}`);
}

/** Returns true if the first selects every pod of the second. */
function isAmong(wide: Pick<ServicePort, 'service'>, narrow: Pick<ServicePort, 'service'>): boolean {
  const labels = narrow.service.workload.labels;
  return Object.entries(wide.service.workload.labels).every(([key, value]) => labels[key] === value);
}
