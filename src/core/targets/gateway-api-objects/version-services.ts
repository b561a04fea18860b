import type { Ir } from '../../ir/ir.ts';
import type { Backend, Mirror, Route, Rule } from '../../ir/route.ts';
import type { Protocol, Service, Version } from '../../ir/service.ts';
import type { ServiceId } from '../../ir/service-id.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { repeated } from '../../lib/repeated.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { Json, ObjectArtifact } from '../artifact.ts';
import { object } from '../kubernetes-objects/object.ts';
import type { ServiceOf } from './backends.ts';
import type { ServiceRef } from './parts.ts';

/** A version that gets shares of its own, and the Kubernetes Service with its pods. */
export interface VersionService {
  readonly service: Service;
  readonly version: Version;
  readonly name: string;
}

/** Versions by `namespace/name version`. */
export type VersionServices = ReadonlyMap<string, VersionService>;

/** Returns the versions that rules name. The only version of a service needs no Service of its own. */
export function versionServices({ services, gateways, externals }: Ir): VersionServices {
  const taken = new Set([
    ...Object.keys(services),
    ...Object.keys(gateways),
    ...Object.keys(externals),
    ...sharedNames(services),
  ]);
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

/** Returns the names, as `namespace/name`, that versions of several services would have: `a-b` of `c`, and `a` of `b-c`. */
function sharedNames(services: Ir['services']): ReadonlySet<string> {
  const names = Object.values(services).flatMap(({ id, versions }) =>
    versions.map((version) => `${id}-${version.name}`),
  );
  return repeated(names);
}

function backendsOf({ rules }: Route): readonly (Backend | Mirror)[] {
  return rules.flatMap(({ action }) =>
    action.type === 'forward' ? [...action.backends, ...action.mirrors] : [],
  );
}

const longest = 63;

/** Returns the name of the Service; a digest distinguishes it from a service of the same name. */
function nameOf({ id, namespace, name }: Service, version: Version, taken: ReadonlySet<string>): string {
  const plain = `${name}-${version.name}`;
  if (plain.length <= longest && !taken.has(`${namespace}/${plain}`)) return plain;
  const digest = sha256(`${id} ${version.name}`).slice(0, 8);
  return `${plain.slice(0, longest - digest.length - 1).replace(/-+$/, '')}-${digest}`;
}

/** Returns the Service of a version; undefined if no rule names the version. */
export function versionServiceOf(
  versions: VersionServices,
  service: ServiceId,
  version: string,
): VersionService | undefined {
  return versions.get(keyOf({ service, version }));
}

function keyOf({ service, version = '' }: Pick<Backend, 'service' | 'version'>): string {
  return `${service} ${version}`;
}

/**
 * Returns the Kubernetes Services of backends: the Service of the version if there is one, else that of the service.
 */
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

/** `appProtocol` of a Service port by protocol of the spec; for others it is left out. */
export type AppProtocols = Readonly<Partial<Record<Protocol, string>>>;

/** Standard protocols of a port (KEP-3726). */
export const standardAppProtocols: AppProtocols = {
  http: 'http',
  http2: 'kubernetes.io/h2c',
  grpc: 'kubernetes.io/h2c',
};

/** Returns the Kubernetes Services of versions, with every default that an API server would add. */
export function versionServiceObjects(
  versions: VersionServices,
  versionLabel: string,
  appProtocols = standardAppProtocols,
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
      spec: serviceSpec(service, podLabels(own, versionLabel), appProtocols),
    });
  });
}

/** Returns the spec of a Kubernetes Service with the ports of a service, with every default that an API server would add. */
export function serviceSpec(
  { ports }: Pick<Service, 'ports'>,
  selector: Readonly<Record<string, string>>,
  appProtocols: AppProtocols,
): Json {
  return {
    type: 'ClusterIP',
    sessionAffinity: 'None',
    internalTrafficPolicy: 'Cluster',
    selector,
    ports: ports.map(({ name, number, targetPort, protocol }) => ({
      name,
      port: number,
      targetPort,
      protocol: 'TCP',
      ...(appProtocols[protocol] !== undefined && { appProtocol: appProtocols[protocol] }),
    })),
  };
}

/** The options for Services of versions: who writes them, and the label of pods that names a version. */
export interface VersionServiceOptions {
  readonly versionServices: 'write' | 'expect';
  readonly versionLabel: string;
}

/**
 * Returns the annotation of a route that names the Services which have to exist; no annotation if the target writes
 * them.
 */
export function neededServices(
  rules: readonly Rule[],
  { options, versions }: { readonly options: VersionServiceOptions; readonly versions: VersionServices },
): { readonly annotations?: Readonly<Record<string, string>> } {
  if (options.versionServices === 'write') return {};
  const needed = rules.flatMap(({ action }) =>
    action.type !== 'forward'
      ? []
      : [...action.backends, ...action.mirrors].flatMap(({ service, version = '' }) => {
          const own = versions.get(`${service} ${version}`);
          return own === undefined
            ? []
            : [
                [
                  `Service/${own.service.namespace}/${own.name}`,
                  podLabels(own, options.versionLabel),
                ] as const,
              ];
        }),
  );
  if (needed.length === 0) return {};
  return { annotations: { 'meshwright.dev/needs-services': canonicalJson(Object.fromEntries(needed)) } };
}
