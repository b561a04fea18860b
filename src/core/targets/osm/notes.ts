/** Notes for all users of Open Service Mesh. */
export const notes: readonly string[] = [
  'Open Service Mesh has ended: the CNCF archived it in 2023, and 1.2.4 is its last release. This target is for the way out.',
  'Its MeshConfig has `enablePermissiveTrafficPolicyMode: false`. With true it ignores every TrafficTarget; say so by the option `enforcement: off`.',
  'Namespaces carry the label `openservicemesh.io/monitored-by` and the annotation `openservicemesh.io/sidecar-injection: enabled`.',
  'An HTTPRouteGroup without ports would open every port of the account, TCP ports included: each TrafficTarget also names a TCPRoute with the ports.',
  'A call that no TrafficTarget allows gets 403, or 404 if no route has its path, or no connection if the caller may call nothing.',
  'A version is a Kubernetes Service of its own, `NAME-VERSION`. Callers can reach such a Service by its own name, past the TrafficSplit.',
];
