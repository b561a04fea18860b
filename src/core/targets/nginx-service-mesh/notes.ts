/** Notes for all users of NGINX Service Mesh. */
export const notes: readonly string[] = [
  'NGINX Service Mesh has ended: its sale ended in July 2023, its repository was archived in March 2024, and 2.0.0 is its last release. This target is for the way out.',
  'Not tried on a real proxy: its data plane needs NGINX Plus. The output follows its CRDs.',
  'Its MeshConfig has `accessControlMode: deny` and `mtls.mode: strict`. With allow, a service that no TrafficTarget names is open to all; say so by the option `enforcement: off`.',
  'Pods or namespaces carry the label `injector.nsm.nginx.com/auto-inject: enabled`. The trust domain is that of its SPIRE (`example.org` by default).',
  'All rules for a caller at a port are in one TrafficTarget, since the order of several ones is not defined.',
  'A version is a Kubernetes Service of its own, `NAME-VERSION`. Callers can reach such a Service by its own name, past the TrafficSplit.',
];
