/** The ports of an instance; each port belongs to the same instance in all meshes. */
export interface Instance {
  readonly service: 'reviews' | 'ratings';
  readonly version: string;
  readonly app: number;
  readonly inbound: number;
  readonly outbound: number;
  readonly admin: number;
}

/** A caller and its proxy. */
export interface CallerPorts {
  readonly outbound: number;
  readonly admin: number;
}

/** The folder and the ports of the mesh. */
export interface World {
  readonly callers: Readonly<Record<'web' | 'other', CallerPorts>>;
  readonly gateway: { readonly port: number; readonly admin: number };
  /** Instances by name, `v1a`. */
  readonly instances: Readonly<Record<string, Instance>>;
}

/** A mesh as the changes see it: each field is the part of the documents about one subject. */
export interface Mesh {
  /** Names of the declared instances. */
  readonly instances: readonly string[];
  readonly route: string;
  readonly gatewayRoute: string;
  /** Rules of the gateway; without any it is open. */
  readonly gatewayAccess: string;
  readonly access: string;
  readonly ratingsAccess: string;
  readonly mtls: 'strict' | 'permissive' | 'disabled';
  readonly settings: string;
  readonly healthCheck: string;
  readonly telemetry: string;
}

/** Returns the documents of a mesh. */
export function documents(mesh: Mesh, world: World): string {
  const reviews = declared(mesh, world, 'reviews');
  const ratings = declared(mesh, world, 'ratings');
  return [
    `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  certificates: {root: {keys: file}, issuer: {keys: file}}
  defaults: {timeout: 8s}
  targets: {local: {platform: envoy, output: {directory: out}}}
${mesh.telemetry}`,
    caller('web', world),
    caller('other', world),
    service(
      'reviews',
      reviews,
      `${mesh.mtls === 'strict' ? '' : `  mtls: ${mesh.mtls}\n`}${mesh.settings}${mesh.healthCheck}`,
    ),
    access('reviews', mesh.access),
    route(mesh.route),
    `apiVersion: mesh/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  listeners: {http: {port: ${String(world.gateway.port)}, protocol: http}}
  endpoints: [{address: "127.0.0.1", admin: "127.0.0.1:${String(world.gateway.admin)}"}]
`,
    mesh.gatewayRoute,
    mesh.gatewayAccess === '' ? '' : access('public', mesh.gatewayAccess, 'gateway'),
    ...(ratings.length === 0 ? [] : [service('ratings', ratings, ''), access('ratings', mesh.ratingsAccess)]),
  ]
    .filter((text) => text !== '')
    .join('---\n');
}

function declared({ instances }: Mesh, world: World, name: string): readonly Instance[] {
  return instances.flatMap((id) => {
    const instance = world.instances[id];
    return instance?.service === name ? [instance] : [];
  });
}

function caller(name: 'web' | 'other', { callers }: World): string {
  const { outbound, admin } = callers[name];
  return `apiVersion: mesh/v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec:
  ports: {}
  endpoints: {default: [{outbound: "127.0.0.1:${String(outbound)}", admin: "127.0.0.1:${String(admin)}"}]}
`;
}

function service(name: string, instances: readonly Instance[], settings: string): string {
  const at = (port: number): string => `"127.0.0.1:${String(port)}"`;
  const versions = [...new Set(instances.map(({ version }) => version))];
  const endpoints = versions.map((version) => {
    const own = instances.filter((instance) => instance.version === version);
    const written = own.map(
      ({ app, inbound, outbound, admin }) =>
        `{name: p${String(app)}, app: ${at(app)}, inbound: ${at(inbound)}, outbound: ${at(outbound)}, admin: ${at(admin)}}`,
    );
    return `    ${version}: [${written.join(', ')}]\n`;
  });
  return `apiVersion: mesh/v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec:
  ports: {http: {port: 9080}}
  versions: {${versions.map((version) => `${version}: {}`).join(', ')}}
  endpoints:
${endpoints.join('')}${settings}`;
}

function access(name: string, rules: string, kind: 'service' | 'gateway' = 'service'): string {
  return `apiVersion: mesh/v1
kind: Access
metadata: {name: ${name}, namespace: shop}
spec: {${kind}: ${name}, rules: [${rules}]}
`;
}

function route(rules: string): string {
  return rules === ''
    ? ''
    : `apiVersion: mesh/v1
kind: Route
metadata: {name: reviews, namespace: shop}
spec: {service: reviews, rules: [${rules}]}
`;
}
