import type { Service } from '../../../ir/service.ts';
import { type Callers, everybody, nobody, podsOf, union } from './callers.ts';
import type { CallersContext } from './seen-callers.ts';

/** Returns the callers to whose namespaces a service is exposed; gateways only if it is exposed to all of them. */
export function visibleTo({ exposeTo }: Pick<Service, 'exposeTo'>, { gateways }: CallersContext): Callers {
  if (exposeTo === 'all') return everybody;
  const pods = exposeTo.reduce((all, namespace) => union(all, podsOf(namespace)), nobody);
  const ingresses = Object.values(gateways).filter(({ type }) => type === 'ingress');
  return {
    ...pods,
    gateways: ingresses.every(({ namespace }) => exposeTo.includes(namespace)),
    // Callers without an identity belong to no namespace, and the language shows them every service.
    others: true,
  };
}
