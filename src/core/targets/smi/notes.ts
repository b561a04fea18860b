/** Notes for all users of SMI. */
export const notes: readonly string[] = [
  'SMI has ended: the CNCF archived the specification in October 2023. This target is for meshes that still run on it, and for the way out of them.',
  'Not tried on a real proxy: the output follows the specification and its CRDs. The version is a release of the specification; meshes serve different ones, so see which your mesh installs. Open Service Mesh, Traefik Mesh and NGINX Service Mesh have targets of their own.',
  'A TrafficTarget names accounts, not Services. Services with the same account get the access that all of them grant. Every caller is named account by account, as far as the spec names it.',
  'SMI does not say if a pattern of a path matches a part of the path. All patterns are anchored, and leave out paths that a server could read in two ways.',
  'A version is a Kubernetes Service of its own, `NAME-VERSION`. Callers can reach such a Service by its own name, past the TrafficSplit.',
];
