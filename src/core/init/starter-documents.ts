import type { Kind } from '../spec/spec.ts';
import { withSchemaLine } from './schema-line.ts';

/**
 * A file of the first mesh, which `init` writes if the mesh has no document of its kind and all services that it needs.
 */
export interface StarterDocument {
  readonly file: string;
  readonly kind: Kind;
  /** Services (`namespace/name`) that the file refers to but doesn't define. */
  readonly needs: readonly string[];
  readonly text: string;
}

/** A platform that a first mesh can be written for. */
export type StarterPlatform = keyof typeof targets;

/**
 * Returns a small mesh that validates and compiles, for Envoys on loopback, or for a cluster with Istio or Linkerd;
 * `name` is a DNS label.
 */
export function starterDocuments(name: string, platform: StarterPlatform): readonly StarterDocument[] {
  const { mesh: target, services } = targets[platform];
  const files: readonly StarterDocument[] = [
    { file: 'mesh.yaml', kind: 'Mesh', needs: [], text: mesh(name) + target },
    { file: 'services.yaml', kind: 'Service', needs: [], text: services },
    { file: 'routes.yaml', kind: 'Route', needs: ['default/hello'], text: routes },
    { file: 'access.yaml', kind: 'Access', needs: ['default/hello', 'default/web'], text: access },
  ];
  return files.map((one) => ({ ...one, text: withSchemaLine(one.text, one.file) }));
}

/** Returns a folder's name as the name of a mesh. */
export function meshName(folder: string): string {
  const label = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
  return label === '' ? 'mesh' : label;
}

function mesh(name: string): string {
  return `# The mesh itself: what holds everywhere. 'mesh explain Mesh' says what else can stand here.
apiVersion: mesh/v1
kind: Mesh
metadata: {name: ${/^[a-z]/.test(name) && !['true', 'false', 'null'].includes(name) ? name : `"${name}"`}}
spec:
  # every identity starts with spiffe://${name}.example/ — choose a domain of yours
  trustDomain: ${name}.example
  mtls: strict # every call carries a verified identity
  access: deny # nobody may call what no Access allows
  egress: deny # no calls to hosts that no External names
  defaults:
    timeout: 5s # of every request, unless a Service or a Route says otherwise
  targets:
`;
}

/**
 * Addresses of the applications of the first mesh, by service and version. The ports of the mesh stay away from those of
 * Istio (15000 to 15090), of Envoy's examples (9901, 10000), and from 8080 and its neighbours.
 */
export const starterApps: Readonly<Record<string, string>> = {
  'default/hello v1': '127.0.0.1:27180',
  'default/hello v2': '127.0.0.1:27280',
};

const onLoopback = `# web calls hello. 'app' is where a service listens itself, the other addresses are those of its Envoy.
# 'mesh up' starts the Envoys, and answers for hello as long as nothing else listens at its 'app'.
apiVersion: mesh/v1
kind: Service
metadata: {name: web}
spec:
  endpoints:
    default: [{outbound: "127.0.0.1:27001", admin: "127.0.0.1:27000"}]
  calls: [hello] # what it depends on; its Envoy takes these calls at 'outbound'
---
apiVersion: mesh/v1
kind: Service
metadata: {name: hello}
spec:
  ports: {http: {port: 80}} # others say http://hello/
  versions: {v1: {}, v2: {}}
  endpoints:
    v1: [{app: "${starterApps['default/hello v1'] ?? ''}", inbound: "127.0.0.1:27106", outbound: "127.0.0.1:27101", admin: "127.0.0.1:27100"}]
    v2: [{app: "${starterApps['default/hello v2'] ?? ''}", inbound: "127.0.0.1:27206", outbound: "127.0.0.1:27201", admin: "127.0.0.1:27200"}]
  calls: []
`;

const inCluster = `# web calls hello. Each is the Kubernetes Service of its name and namespace, and its pods carry the label app.
apiVersion: mesh/v1
kind: Service
metadata: {name: web}
spec:
  calls: [hello] # what it depends on; its sidecar knows nothing else
---
apiVersion: mesh/v1
kind: Service
metadata: {name: hello}
spec:
  ports: {http: {port: 80}} # others say http://hello/
  versions:                 # by what else their pods are labelled
    v1: {labels: {version: v1}}
    v2: {labels: {version: v2}}
  calls: []
`;

/** The context in a first mesh's kubeconfig setting, until somebody enters a real one. */
export const placeholderContext = 'my-cluster';

/** The parts that differ between platforms: the target of the Mesh, and the addresses of services. */
const targets = {
  envoy: {
    mesh: `    local: # one Envoy beside each service, on this machine
      platform: envoy
      output: {directory: out/local} # where 'mesh apply' writes and the Envoys read
`,
    services: onLoopback,
  },
  istio: {
    mesh: `    cluster: # objects for Istio with sidecars; 'options: {mode: ambient}' is without
      platform: istio
      version: "1.31" # CHANGE to the one that 'istioctl version' prints: 1.30 or 1.31
      output:
        kubernetes:
          context: ${placeholderContext} # CHANGE to the cluster to write to: 'kubectl config get-contexts -o name'
`,
    services: inCluster,
  },
  linkerd: {
    mesh: `    cluster: # objects for Linkerd
      platform: linkerd
      degrade: # what it can't keep; 'mesh targets linkerd' says why
        - egress.deny
        - request.unsafe-paths
        - settings.default-balancing
        - settings.default-connections
        - settings.no-retries
        - settings.retries
      output: {directory: out/cluster} # where 'mesh apply' writes them
`,
    services: inCluster,
  },
} as const;

const routes = `# Who answers a request to hello. The first rule that matches decides.
apiVersion: mesh/v1
kind: Route
metadata: {name: hello}
spec:
  service: hello
  rules:
    - name: testers # see the new version
      match: [{headers: {x-user: {exact: tester}}}]
      backends: [{version: v2}]
    - name: everybody # sees it in one of ten requests
      backends: [{version: v1, weight: 90}, {version: v2, weight: 10}]
      retries: {attempts: 1, on: [connect-failure]}
`;

const access = `# Who may call hello, and what for.
apiVersion: mesh/v1
kind: Access
metadata: {name: hello}
spec:
  service: hello
  rules:
    - allow: {from: [{service: web}], to: [{methods: [GET], paths: [{prefix: /}]}]}
`;
