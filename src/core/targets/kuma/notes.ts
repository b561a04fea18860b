/** Notes for all users of Kuma. */
export const notes: readonly string[] = [
  'Not tried on a real proxy: what Kuma makes of the resources is taken from its documentation, its CRDs and its sources. They use only fields that 2.14 and 3.0 have in common, and pass the CRDs of both.',
  'Policies stand in the namespace of the control plane and hold for all callers (option `systemNamespace`). Policies in namespaces of applications win over them, field by field: keep others from writing Mesh policies by RBAC. Lists of MeshTrafficPermissions add up, so that one more allow of somebody else lets more callers in.',
  'The Mesh has no MeshTrafficPermission that allows everybody, and none of the legacy policies (TrafficPermission, TrafficRoute, Timeout, Retry …). Its own default policies may stay: every field that they set is set for each service.',
  'Container ports of pods have the names of the ports of the Service (`ports: [{name: http, containerPort: 8080}]`; outside of Kubernetes the inbounds of a Dataplane have): Kuma takes the name of a port from the pod. By it a permission and a limit of requests find their port. A port with another name lets nobody in.',
  'The identity of a proxy is a MeshIdentity with the SPIFFE IDs of the spec; the Mesh has no `mtls` of its own. Kuma makes the authority, or takes that of the spec (option `authority`). On 2.14 a MeshIdentity is experimental.',
  'Namespaces have the label `kuma.io/sidecar-injection: enabled`. Ports of Kubernetes Services have an `appProtocol` (`http`, `http2`, `grpc`, `tcp`): without one a port is TCP, and no route, timeout or retry holds there.',
  'A version is a Kubernetes Service of its own, `NAME-VERSION` (outside of Kubernetes a MeshService). Callers can reach such a Service by its own name, past the routes of the whole.',
  'Outside of Kubernetes a MeshService has the name `NAME-NAMESPACE`, shortened with a digest where that is ambiguous, and Dataplanes carry the labels of their workload and `meshwright.dev/namespace` and `meshwright.dev/account`, from which their identity is made.',
  'A rule that answers by itself, whose weights are all zero, or whose backend is no service of the mesh, names a service that can not be there: 500 in Kuma 3.0. Kuma 2.14 takes no notice of such a backend and sends the request to the service itself: close what has to be closed by Access.',
];
