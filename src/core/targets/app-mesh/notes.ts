/** Notes for all users of App Mesh. */
export const notes: readonly string[] = [
  'App Mesh ended on 2026-09-30: AWS runs it no longer. This target is for the way out: to compare a spec with the objects that ran, and for whoever keeps their files. Its successors are other targets, or ECS Service Connect and VPC Lattice.',
  'Not tried on a real proxy, since its Envoys had their configuration from AWS alone. The output follows the CRDs of the controller 1.13, the API of 2019-01-25 and the documentation.',
  '`mesh import --from app-mesh` reads objects of the controller and the JSON of the AWS API: what `aws appmesh describe-…` prints, inputs of `create-…` and `update-…`, and what this target writes.',
  'Namespaces of the mesh carry the labels `mesh: NAME` and `appmesh.k8s.aws/sidecarInjectorWebhook: enabled`; the controller puts their objects into the Mesh of that name.',
  'A service is called by its full name, `NAME.NAMESPACE.svc.cluster.local`, the name of its virtual service; a Kubernetes Service of its name has to be there for DNS.',
  'App Mesh tries requests again by itself where a route has no retry policy (two times, on 503 and lost connections), and ends them after 15 seconds where nothing says a time. Every route has a policy and a time here.',
  'A caller is known by the name in its certificate, which is checked as the connection begins: who may not call gets 503 and no 403. With the option `certificates: sds` a SPIRE agent runs on each node (`sds.enabled` of the controller); registrations give each account `spiffe://TRUST-DOMAIN/ns/NAMESPACE/sa/ACCOUNT`.',
  'Proxies get certificates from SPIRE or from files, never from App Mesh: there is no authority to hand over to.',
  'A virtual node finds its pods by a headless Service, so that callers see each pod. The kubelet and the pods of other meshes reach them past the proxies unless a NetworkPolicy refuses it.',
  'A rule that App Mesh can not carry out sends its requests to the virtual node `meshwright-nowhere`, without pods: they get 503.',
  'By default a node has 50 backends at most, and a router 50 routes; AWS raised both on request. `calls` of a service keep the list of its node short.',
  'The event `server-error` leaves out 509 and statuses from 512 on.',
];
