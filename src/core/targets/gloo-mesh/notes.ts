/** Notes for all users of Gloo Mesh. */
export const notes: readonly string[] = [
  'Gloo Mesh is called Solo Enterprise for Istio since 2026. It runs Istio, and leaves objects of Istio that others wrote as they are: the output is the one of the target `istio`, which keeps rules that Gloo Mesh has no kinds for (deny, limits of rates in the proxy, telemetry). It was tried on istiod as that of `istio` is, not on Gloo Mesh itself.',
  'The target writes a Workspace with the namespaces of the mesh, and its WorkspaceSettings, which turn the isolation of services off: Gloo Mesh would add policies of its own. No RouteTable, VirtualDestination or policy of Gloo Mesh may be about the same services; two VirtualServices for one host conflict.',
  'Limits over a whole service are counted by the rate limiter of Gloo Mesh (its add-on), which `rateLimiter` of the spec names; checks of instances are made by every caller.',
  'The kinds of Gloo Mesh follow its published API of 2.6, which newer versions still serve.',
  'All notes of `istio` hold: Services of Kubernetes with the names and ports of the spec, the trust domain (often the name of the cluster, see `meshConfig.trustDomain`), providers in the MeshConfig, pods with the labels of their version. Namespaces carry `istio.io/rev` or `istio-injection`.',
  'Authority: the Secret `cacerts` of each cluster, by the option `authority`. Take RootTrustPolicies away first, since Gloo Mesh writes the same Secret from them.',
];
