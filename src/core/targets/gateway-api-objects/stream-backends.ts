import type { Rule } from '../../ir/route.ts';
import { backendRefs, type ServiceOf } from './backends.ts';
import { nowhere } from './nowhere.ts';
import type { BackendRef } from './parts.ts';

/**
 * Returns the backends of connections that a rule takes. Leaves out shares of zero. Without a rule, or without a share
 * for a Service, returns a backend that no cluster has, so that the connections are closed.
 */
export function streamBackends(
  rule: Rule | undefined,
  namespace: string,
  serviceOf: ServiceOf,
): readonly BackendRef[] {
  const refs = rule?.action.type === 'forward' ? backendRefs(rule.action.backends, serviceOf) : [];
  const shares = refs.filter(({ weight }) => weight > 0);
  return shares.length > 0 ? shares : [nowhere(namespace)];
}
