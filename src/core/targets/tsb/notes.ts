/** Notes for all users of Tetrate Service Bridge. */
export const notes: readonly string[] = [
  'The output is the one of the target `istio`, in groups of the mode DIRECT: a route with a time and tries of its own, and Access by method and path, have no place in the kinds of Tetrate Service Bridge. It was tried on istiod as that of `istio` is, not on Tetrate Service Bridge itself.',
  'The workspace and its groups belong to this target: a namespace has one workspace and one group of each kind, so take its namespaces, and the root namespace, out of others. Settings of the organization and the tenant must not be mandatory: they would change what the objects say.',
  'Objects are applied by GitOps in the cluster of the management plane, or where `gitops` is enabled; the label `istio.io/rev: tsb` keeps the Istio of that cluster from reading them itself.',
  'The organization and the tenant are there. Namespaces of workloads carry the label `istio-injection: enabled`, or a revision where isolation boundaries are on.',
  'All notes of `istio` hold: Services of Kubernetes with the names and ports of the spec, the trust domain, providers in the MeshConfig, pods with the labels of their version.',
  'Authority: `cacerts` in `istio-system` of each cluster, or `certIssuer` of its ManagementPlane, which has a root of its own.',
];
