/** Notes for all users of Cilium. */
export const notes: readonly string[] = [
  'Who may call is a CiliumNetworkPolicy for the pods of each Service; where calls go is a HTTPRoute whose parent is the Service (GAMMA). Cilium runs with `kubeProxyReplacement`, `l7Proxy` and `gatewayAPI.enabled`, and the CRDs of the Gateway API are there.',
  'Tried on the policy engine of Cilium 1.20.2: what its policies let through, request by request. The routes were not tried on its proxies; they follow its own translation.',
  'Its installation has `http-retry-count: 0`: on ports whose Access has conditions on requests, Cilium would send a request that fails with a 5xx three more times. `http-normalize-path` stays on, so that no spelling of a path evades a condition.',
  'An identity is the labels of a pod: whoever may create pods with an account, or change the labels of pods, may call as that account. Encryption is that of the installation (WireGuard, IPsec or ztunnel). `authentication.mode` of policies is never written: Cilium removes it.',
  'A policy closes its pods to everything else, also to ports that no Service of the mesh names; the kubelet of the node gets through. Policies of other authors add to it: only a deny of Access without conditions on requests holds against them.',
  'All Gateways and Ingresses of a cluster are one caller, `ingress`. A port is open to it only if every ingress gateway of the mesh may call, and then other Gateways of the cluster may call, too.',
  'A refused caller gets no answer: its connection times out. Where Access has conditions on requests, a caller that may make some requests gets 403 for others.',
  'Access compares a path with its query and a host with its port: each pattern has both. Envoy takes patterns of 100 instructions where nothing else is said; larger conditions are left out and reported.',
  'With `egress: deny` each Service has a second policy, which opens its pods to the namespaces of the mesh, to DNS (`k8s-app: kube-dns` in `kube-system`) and to the hosts of Externals; the API server of Kubernetes is closed, too.',
  'The Kubernetes Service of a Service of the mesh has its name, namespace and ports, and is there. It is not headless. A port is HTTP to Cilium by `appProtocol`, or by a policy or route that says so.',
  'A version is a Kubernetes Service of its own, `NAME-VERSION`. The option `versionServices` says whether the target writes it or expects it. Callers can reach such a Service by its own name, past the routes of the whole.',
  'A redirect that keeps the scheme names none: Cilium takes a redirect to a scheme only for requests that come by another one.',
];
