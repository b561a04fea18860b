/**
 * Returns the plural name of a kind in URLs and RBAC rules, as CRDs of meshes and Kubernetes itself form it
 * (`virtualservices`, `authorizationpolicies`, `gateways`, `ingresses`).
 */
export function resourceOf(kind: string): string {
  const singular = kind.toLowerCase();
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  return singular.endsWith('s') ? `${singular}es` : `${singular}s`;
}
