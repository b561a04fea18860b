/**
 * The name by which Istio knows a service or gateway (`namespace/name`). It is never shortened: a short name would mean
 * another service in another namespace.
 */
export function hostOf(id: string): string {
  const [namespace = '', name = ''] = id.split('/');
  return `${name}.${namespace}.svc.cluster.local`;
}
