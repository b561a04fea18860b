/** Notes for all users of Consul. */
export const notes: readonly string[] = [
  'Compared with the meaning of the spec by config entries on the real agent (1.22.7) and Envoy; objects of the CRDs have the same fields and were checked against the CRDs of consul-k8s 2.0.3.',
  'Every service has intentions for each of its callers and for all others, so that the default of the cluster decides about no service of the mesh. For other services set `default_intention_policy = "deny"`, or deny by default in the ACLs.',
  'A service of Consul is a port: the first port of a Service has its name, any other port `NAME-PORT`. Pods have the annotations `consul.hashicorp.com/connect-service` and `connect-service-port` with these names, or instances are registered under them; with ACLs the account of the pods has the name, too.',
  'The community edition has one set of names for all namespaces: names that two Services would share end in `-NAMESPACE`. Whoever may run a workload under a name of the mesh, in whatever namespace, is that service for Consul: keep others from it by admission or by ACLs.',
  'A caller is a service of Consul, not an account. A rule for an account lets in the services of the mesh that run under the account, and gateways by the name of the Gateway.',
  'A version is a subset: instances carry its name in their metadata (`consul.hashicorp.com/service-meta-version: NAME`, see the option `versionMeta`). The subset `nobody` has no instances; requests that no rule takes, or that Consul can not answer itself, go there and get 503.',
  'A division of requests is a splitter under a name of its own, `NAME-split-DIGEST`, which no instance has: a splitter with the name of the service would also divide what other Routes send there.',
  'Limits of connections and ejection stand in the ServiceDefaults of every caller, since Consul keeps them there; without them the limits of Envoy would hold, and every caller would eject after five failures.',
  'ProxyDefaults `global` and Mesh `mesh` are written whole. Settings of your own in them have to move to the ServiceDefaults of the services that they are for.',
  'Rules on headers want an Envoy that compares repeated headers one by one, as all since 2026 do.',
  'Consul takes entries in the order Mesh, ProxyDefaults, ServiceDefaults, ServiceResolver, ServiceSplitter, ServiceRouter, ServiceIntentions. An apply keeps it; with the mode `vms` the names of the folders have it.',
  'The trust domain of Consul is `ID-OF-THE-CLUSTER.consul` and can not be chosen. `mesh certs export` writes the issuer of the spec for `consul connect ca set-config`.',
];
