/** Notes for all users of Open Service Mesh. */
export const notes: readonly string[] = [
  'Open Service Mesh has ended: the CNCF archived it in 2023, and 1.2.4 is its last release. This target is for the way out.',
  'Its MeshConfig has `enablePermissiveTrafficPolicyMode: false`. With true it ignores every TrafficTarget; say so by the option `enforcement: off`.',
  'Namespaces carry the label `openservicemesh.io/monitored-by` and the annotation `openservicemesh.io/sidecar-injection: enabled`.',
  'An HTTPRouteGroup without ports would open every port of the account, TCP ports included: each TrafficTarget also names a TCPRoute with the ports.',
  'Tried on what Open Service Mesh 1.2.4 itself makes of the output, on a real Envoy with its certificates: who may make which request. The splits were not tried there.',
  'Ports of Services say their protocol by `appProtocol` (`http`, `tcp`). A call whose `Host` is no name of the Service, with or without its port, gets 404.',
  'It takes any match that fits a request, in no certain order, and lets in those who may call that one: matches that other accounts may call name their methods, so that no two of them take the same request.',
  'A call that no TrafficTarget allows gets 403, or 404 if no route has its path, or no connection if the caller may call nothing.',
  'A version is a Kubernetes Service of its own, `NAME-VERSION`. Callers can reach such a Service by its own name, past the TrafficSplit.',
];
