/**
 * Returns the DNS name of the Kubernetes Service of a service or gateway (`namespace/name`). The name is never
 * shortened: in another namespace a short name would mean another service.
 */
export function hostOf(id: string): string {
  const [namespace = '', name = ''] = id.split('/');
  return `${name}.${namespace}.svc.cluster.local`;
}
