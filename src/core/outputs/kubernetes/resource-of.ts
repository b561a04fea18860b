/**
 * Returns the plural name of a kind in URLs and RBAC rules, as CRDs of meshes and Kubernetes itself form it
 * (`virtualservices`, `authorizationpolicies`, `gateways`, `ingresses`, `meshes`, `meshtlses`). A kind whose name is a
 * plural keeps the name (`servicedefaults`, `serviceintentions`).
 */
export function resourceOf(kind: string): string {
  const singular = kind.toLowerCase();
  // `ServiceDefaults`, but not `Ingress` and `MeshTLS`.
  if (/[a-rt-z]s$/.test(kind)) return singular;
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(singular) ? `${singular}es` : `${singular}s`;
}
