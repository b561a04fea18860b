import type { Service } from '../../../ir/service.ts';
import { isPartOf, rulesText } from './sharing.ts';

/**
 * Returns a service whose policies refuse calls to the pods of an open service: one of `others`, which are on the same
 * pods, or of `roots`, the services of Istio's root namespace, whose policies guard pods of all namespaces. Returns
 * undefined if there is none.
 */
export function refuserOf(
  service: Service,
  others: readonly Service[],
  roots: readonly Service[],
): Service | undefined {
  if (service.access.closed) return undefined;
  const ports = new Set(service.ports.map(({ targetPort }) => targetPort));
  const meets = (other: Service): boolean => other.ports.some(({ targetPort }) => ports.has(targetPort));
  const denies = (other: Service): boolean =>
    (other.access.deny.length > 0 || other.authentication !== undefined) && meets(other);
  const isRoot = roots.includes(service);
  return (
    others.find(
      // A closed service leaves the other ports of its pods open, but not in the root namespace.
      (other) =>
        rulesText(other) !== rulesText(service) &&
        (denies(other) || (other.access.closed && (isRoot || meets(other)))),
    ) ?? roots.find((root) => !isRoot && isPartOf(root, service) && (root.access.closed || denies(root)))
  );
}
