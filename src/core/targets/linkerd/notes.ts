/** Notes for all users of Linkerd. */
export const notes: readonly string[] = [
  'Not tried on a real proxy: what Linkerd makes of the objects is taken from its documentation, its CRDs and its sources, and compared with the meaning of the spec by a model of these.',
  'Every workload of the mesh is meshed (`linkerd.io/inject: enabled`). A port without a Server keeps the default policy of the installation; each port of a Service has one.',
  'A call without an identity is refused with 403 where requests are told apart, and its connection is closed elsewhere. A call that no rule allows gets 403.',
  'A Server takes away the leave that Linkerd gives to probes by itself where its port has conditions on requests: the option `probePaths` names paths that anyone may GET there.',
  'A version is a Kubernetes Service of its own, `NAME-VERSION`. The option `versionServices` says whether the target writes it or expects it; the labels of a version have to be on its pods. Callers can reach such a Service by its own name, past the routes of the whole.',
  'The Kubernetes Service of a Service of the mesh has its name, namespace and ports, and is there, unless the option `services: write` writes it. It is not headless, and no ServiceProfile has its name: that would turn routes off. `appProtocol` of its ports is `http`, `kubernetes.io/h2c`, `linkerd.io/opaque` or nothing: any other makes the port opaque.',
  'Ejection of instances is an annotation of the Kubernetes Service. With `services: expect` the annotation `meshwright.dev/needs-annotations` of a Server names what has to be there.',
  'Rules with other timeouts or retries are routes of their own, since annotations hold for a whole route.',
  'A rule that answers by itself, whose weights are all zero, or whose backend is no Service of the mesh, answers 500: it names a Service that can not be there, since Linkerd would send to the Service itself.',
  'Session persistence of the Gateway API is never written: its sessions stay where they are even at weight 0, so that a rollback would not move them.',
  'Each namespace with workloads has an EgressNetwork, `mesh-egress`. It is enforced by the proxy of the caller, and a workload that bypasses it reaches what the network lets it reach.',
  'Objects carry every default of the CRDs, so that a server gives back what was written.',
];
