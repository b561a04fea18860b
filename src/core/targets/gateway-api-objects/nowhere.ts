import type { BackendRef } from './parts.ts';

/**
 * Returns a backend that no cluster has, since no Service has a dot in its name: requests get 500, connections are
 * closed. A route without a backend, or a port without a route, would let calls reach the Service itself.
 */
export function nowhere(namespace: string): BackendRef {
  return { group: '', kind: 'Service', name: 'nowhere.invalid', namespace, port: 1, weight: 1 };
}
