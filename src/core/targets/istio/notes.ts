/** Notes for all users of Istio, for any mesh. */
export const notes: readonly string[] = [
  'Kubernetes knows the pods: a Service of the mesh is the Kubernetes Service of its name and namespace, which has to be there with the same ports, its pods carry the labels of `workload` and of their version, and run under its account. `endpoints` of the spec are for targets without such a registry and write nothing here.',
  'A port of the Kubernetes Service says its protocol in `appProtocol` or at the start of its name (`http-web`, `grpc`, `tcp-db`); otherwise Istio guesses it from the traffic.',
  'The Kubernetes Service of a Gateway has its name and namespace; an egress gateway is called by it.',
  'The MeshConfig has the trust domain of the spec as its `trustDomain`.',
  'A call is for the port that it is made to, whatever port its `Host` names; a host that nothing names is 502 where egress is denied, and a port that nothing names refuses the connection.',
  'Where egress is allowed, calls to unknown hosts have no limit of time.',
  'An application that can not be reached, or lets a request go without an answer, is 503 by its own sidecar: `connect-failure` and `refused-stream` mean failures between sidecars alone.',
  'Headers that a rule adds to answers are missing on those that the sidecar of the caller makes itself (503, 504).',
  'An object with the annotation `meshwright.dev/needs-providers` wants these entries in `extensionProviders` of the MeshConfig. Without them external authorization refuses every request, and logs and traces are not written.',
  '`trustDomainAliases` stay empty: Istio takes accounts of an alias for those of the mesh.',
  'Where a rule of Access names a listener, or not every listener is HTTP, the pods of the gateway listen on the port of the listener itself.',
  'Probes by the kubelet and metrics that Istio merges pass whatever Access says, since the sidecar does not see them (`rewriteAppHTTPProbe`, `prometheus.io/*`). Other scrapers need an identity and an allow.',
  'External authorization over gRPC is told all headers of a request, and is asked before the token is checked.',
  'In ambient Services carry the labels that the annotation `meshwright.dev/needs-labels` of their waypoint names. Without them calls to guarded services are refused.',
  'A condition of Access that no policy can say is noted by a filter (an EnvoyFilter called `mesh-…`), and the policy reads the note. Without the filter an allow takes no call, and a deny takes each.',
  'Rules of Access on headers want Istio 1.28.5, 1.29.1 or later: older ones can be got around by a repeated header (CVE-2026-31838).',
];
