/** Notes for all users of Traefik Mesh. */
export const notes: readonly string[] = [
  'Traefik Mesh rests: 1.4.8 of August 2022 is its last release, and its chart brings CRDs that Kubernetes refuses since 1.22. This target is for the way out.',
  'It has no sidecars. A caller joins by calling `NAME.NAMESPACE.traefik.mesh`; a call to the ordinary name of a Service passes by every rule. Close the pods to other traffic with a NetworkPolicy.',
  'Tried on what Traefik Mesh 1.4.8 itself makes of the output, on a real Traefik 3: who may make which request to Services whose ports are all HTTP. Splits and TCP were not tried there.',
  'A TrafficTarget that names a port opens the first port of the Service, whichever it names: none is named, so that all ports of an account have the same access. It has one router for each TrafficTarget, so that each match is in one of them, with all accounts that may call it.',
  'It is installed with `acl: true`. Without it every caller gets in; say so by the option `enforcement: off`.',
  'Each account that may call has a running pod: Traefik refuses its whole configuration if a TrafficTarget has no address.',
  'A Service whose ports are not HTTP carries the annotation `mesh.traefik.io/traffic-type: tcp`; one Service has one kind of ports.',
  'A version is a Kubernetes Service of its own, `NAME-VERSION`. Callers can reach such a Service by its own name, past the TrafficSplit.',
];
