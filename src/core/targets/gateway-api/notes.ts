/** Notes for all users of the Gateway API, for any mesh. */
export const notes: readonly string[] = [
  'It writes where calls go, and nothing of who may call: access, identity and egress are those that the mesh itself has, and each is a loss that `degrade` of the target has to name.',
  'The option `implementation` names the mesh that reads the objects. Without it nothing is relied on but the conformance tests of the Gateway API for meshes, which ask for paths, headers by value, weights, changes of request headers and redirects to a host.',
  'Tried on real proxies: what Istio 1.31 makes of HTTPRoutes and TCPRoutes inside the mesh and at gateways, of TLSRoutes at gateways, and of gateways that end TLS. Not tried on a real proxy: GRPCRoutes. What Cilium, Kuma and Linkerd keep is taken from their reports of conformance and was not tried.',
  'A listener for https names a Secret of type `kubernetes.io/tls` in the namespace of its Gateway, which has to be there: without it nothing listens. BackendTLSPolicy is never written, since no mesh promises it for calls inside the mesh: TLS that an application speaks itself is a loss.',
  'With Istio the MeshConfig has `defaultHttpRetryPolicy: {attempts: 0}`: Istio would retry calls whose route has no retries, and the Gateway API can not say that there are none.',
  'With Istio the MeshConfig has `pathNormalization: {normalization: DECODE_AND_MERGE_SLASHES}`, without which a path with two slashes matches no rule for one. A dot at the end of a `Host` is part of it, and such a host may be unknown.',
  'A redirect names the scheme, and any other port than the default one, by which requests reach the Service or the listener, whatever the `Host` of a request says; a listener that redirects to https names no port.',
  'A version is a Kubernetes Service of its own, `NAME-VERSION`. The option `versionServices` says whether the target writes it or expects it; the labels of a version have to be on its pods. Callers can reach such a Service by its own name, past the routes of the whole.',
  'The Kubernetes Service of a Service of the mesh has its name, namespace and ports, and is there. It is not headless.',
  'A port is HTTP to the mesh by `appProtocol` or the name of the port. A GRPCRoute is written where it says all that the rules of a gRPC port say: it has no timeouts, so that most have an HTTPRoute.',
  'A rule that answers by itself, all of whose weights are zero, or whose backend is no Service of the mesh, answers 500.',
  'Session persistence of the Gateway API is never written: its sessions stay where they are even at weight 0, so that a rollback would not move them.',
  'A Gateway for Istio names the Service of its name and namespace in `addresses`, so that Istio uses the pods of that Service and starts none. Other implementations start proxies of their own, which have their own account.',
  'A route in the namespace of a Gateway may name Services of another namespace by a ReferenceGrant there, which names these Services alone. Routes inside the mesh need none.',
  'Objects carry every default of the CRDs, so that a server gives back what was written.',
];
