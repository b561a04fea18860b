import type { Ir } from '../../../ir/ir.ts';
import type { Port, Service } from '../../../ir/service.ts';

/** A port of a service. */
export interface OwnPort {
  readonly service: Service;
  readonly port: Port;
}

/**
 * Returns a function that finds the other ports which may be the same port of the same pods: those of Services with a
 * common label, or without labels, in one namespace.
 */
export function sharedPorts({ services }: Pick<Ir, 'services'>): (own: OwnPort) => readonly OwnPort[] {
  const all = Object.values(services).flatMap((service) => service.ports.map((port) => ({ service, port })));
  const byLabel = new Map<string, OwnPort[]>();
  for (const own of all)
    for (const label of labelsOf(own)) {
      const known = byLabel.get(label);
      if (known === undefined) byLabel.set(label, [own]);
      else known.push(own);
    }
  return (own) => {
    const near = new Set(labelsOf(own).flatMap((label) => byLabel.get(label) ?? []));
    return [...near].filter(
      (other) => other.service !== own.service && (isAmong(own, other) || isAmong(other, own)),
    );
  };
}

function labelsOf({ service, port }: OwnPort): readonly string[] {
  const place = `${service.namespace} ${String(port.targetPort)}`;
  const labels = Object.entries(service.workload.labels).map(([key, value]) => `${place} ${key}=${value}`);
  return labels.length === 0 ? [place] : labels;
}

/** Returns true if the first selects every pod of the second. */
function isAmong({ service: wide }: OwnPort, { service: narrow }: OwnPort): boolean {
  return Object.entries(wide.workload.labels).every(([key, value]) => narrow.workload.labels[key] === value);
}
