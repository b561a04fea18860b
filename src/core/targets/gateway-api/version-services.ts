import type { Ir } from '../../ir/ir.ts';
import type { Backend, Mirror, Route } from '../../ir/route.ts';
import type { Protocol, Service, Version } from '../../ir/service.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { ObjectArtifact } from '../artifact.ts';
import type { ServiceOf } from '../gateway-api-objects/backends.ts';
import type { ServiceRef } from '../gateway-api-objects/parts.ts';
import { object } from '../kubernetes-objects/object.ts';

/** A version that some share goes to by itself, and the Kubernetes Service that has its pods. */
export interface VersionService {
  readonly service: Service;
  readonly version: Version;
  readonly name: string;
}

/** Versions by `namespace/name version`. */
export type VersionServices = ReadonlyMap<string, VersionService>;

/** Returns the versions that rules name; the only version of a service is the service. */
export function versionServices({ services, gateways, externals }: Ir): VersionServices {
  const taken = new Set([...Object.keys(services), ...Object.keys(gateways), ...Object.keys(externals)]);
  const routes: readonly Route[] = [
    ...Object.values(services).flatMap(({ ports }) => ports.map(({ route }) => route)),
    ...Object.values(gateways).flatMap(({ listeners }) =>
      listeners.flatMap(({ virtualHosts }) => virtualHosts.map(({ route }) => route)),
    ),
  ];
  const all = new Map<string, VersionService>();
  for (const backend of routes.flatMap(backendsOf)) {
    const service = services[backend.service];
    const version = service?.versions.find(({ name }) => name === backend.version);
    if (service === undefined || version === undefined || service.versions.length === 1) continue;
    const key = keyOf(backend);
    if (!all.has(key)) all.set(key, { service, version, name: nameOf(service, version, taken) });
  }
  return new Map([...all].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function backendsOf({ rules }: Route): readonly (Backend | Mirror)[] {
  return rules.flatMap(({ action }) =>
    action.type === 'forward' ? [...action.backends, ...action.mirrors] : [],
  );
}

const longest = 63;

/** The name of the Service; a digest tells it from a service of that name. */
function nameOf({ id, namespace, name }: Service, version: Version, taken: ReadonlySet<string>): string {
  const plain = `${name}-${version.name}`;
  if (plain.length <= longest && !taken.has(`${namespace}/${plain}`)) return plain;
  const digest = sha256(`${id} ${version.name}`).slice(0, 8);
  return `${plain.slice(0, longest - digest.length - 1).replace(/-+$/, '')}-${digest}`;
}

function keyOf({ service, version = '' }: Pick<Backend, 'service' | 'version'>): string {
  return `${service} ${version}`;
}

/** Returns the Kubernetes Services of backends: that of a version where there is one, that of the service else. */
export function serviceRefs(ir: Ir, versions: VersionServices): ServiceOf {
  return (backend): ServiceRef | undefined => {
    const service = ir.services[backend.service];
    const port = service?.ports.find(({ name }) => name === backend.port);
    if (service === undefined || port === undefined) return undefined;
    const name = versions.get(keyOf(backend))?.name ?? service.name;
    return { group: '', kind: 'Service', name, namespace: service.namespace, port: port.number };
  };
}

/** Returns the labels of the pods of a version. */
export function podLabels(
  { service, version }: VersionService,
  versionLabel: string,
): Readonly<Record<string, string>> {
  const own = Object.keys(version.labels).length > 0 ? version.labels : { [versionLabel]: version.name };
  return { ...service.workload.labels, ...own };
}

/** Protocols as `appProtocol` of a Service port (KEP-3726); for others none is standard. */
const appProtocols: Readonly<Partial<Record<Protocol, string>>> = {
  http: 'http',
  http2: 'kubernetes.io/h2c',
  grpc: 'kubernetes.io/h2c',
};

/** Returns the Kubernetes Services of versions, with every default that an API server would add. */
export function versionServiceObjects(
  versions: VersionServices,
  versionLabel: string,
): readonly ObjectArtifact[] {
  return [...versions.values()].map((own) => {
    const { service, version, name } = own;
    return object({
      apiVersion: 'v1',
      kind: 'Service',
      namespace: service.namespace,
      name,
      from: `Service/${service.id}`,
      origins: [version.origin],
      spec: {
        type: 'ClusterIP',
        sessionAffinity: 'None',
        internalTrafficPolicy: 'Cluster',
        selector: podLabels(own, versionLabel),
        ports: service.ports.map(({ name: port, number, targetPort, protocol }) => ({
          name: port,
          port: number,
          targetPort,
          protocol: 'TCP',
          ...(appProtocols[protocol] !== undefined && { appProtocol: appProtocols[protocol] }),
        })),
      },
    });
  });
}
