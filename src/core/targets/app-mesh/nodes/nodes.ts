import type { Ir } from '../../../ir/ir.ts';
import type { Backend } from '../../../ir/route.ts';
import type { Service, Version } from '../../../ir/service.ts';
import { repeated } from '../../../lib/repeated.ts';
import { sha256 } from '../../../lib/sha256.ts';
import { hostOf } from '../../kubernetes-objects/host.ts';
import type { LoweringOptions } from '../options.ts';

/** A virtual node: all pods of a service, or those of one version. */
export interface Node {
  readonly service: Service;
  readonly version?: Version;
  /** The name of the virtual node. */
  readonly name: string;
  /** The labels of the pods that run as this node; absent if these run as the nodes of their versions. */
  readonly runs?: Readonly<Record<string, string>>;
  /** The headless Kubernetes Service of the pods, if anything may call the node. */
  readonly pods?: PodService;
}

/** A headless Kubernetes Service, by which a virtual node finds its pods. */
export interface PodService {
  readonly name: string;
  readonly host: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The virtual nodes of a mesh by `namespace/name` of their service, and by the version after it. */
export type Nodes = ReadonlyMap<string, Node>;

/** Returns the node of a backend: that of its version if the service has such nodes, else that of the service. */
export function nodeOf(
  nodes: Nodes,
  { service, version = '' }: Pick<Backend, 'service' | 'version'>,
): Node | undefined {
  return nodes.get(keyOf(service, version)) ?? nodes.get(keyOf(service, ''));
}

/**
 * Returns the virtual nodes of a mesh. A service whose versions some rule tells apart has one node for each version, and
 * one for all of them only if some rule asks for any version.
 */
export function nodesOf(ir: Ir, options: LoweringOptions): Nodes {
  const asked = askedBackends(ir);
  const taken = new Set([
    ...Object.keys(ir.services),
    ...Object.keys(ir.gateways),
    ...sharedNames(Object.values(ir.services)),
  ]);
  const nodes = new Map<string, Node>();
  for (const service of Object.values(ir.services)) {
    const { id, name, versions, workload, ports } = service;
    const isApart = versions.length > 1 && versions.some((version) => asked.has(keyOf(id, version.name)));
    const podService = (suffix: string, labels: Readonly<Record<string, string>>, version = suffix) =>
      ports.length === 0
        ? {}
        : {
            pods: podServiceOf(freeName(service, suffix, taken, version), service.namespace, labels),
          };
    if (!isApart || asked.has(keyOf(id, '')))
      nodes.set(keyOf(id, ''), {
        service,
        name,
        ...(!isApart && { runs: workload.labels }),
        ...podService('pods', workload.labels, ''),
      });
    for (const version of isApart ? versions : []) {
      const own =
        Object.keys(version.labels).length > 0 ? version.labels : { [options.versionLabel]: version.name };
      const labels = { ...workload.labels, ...own };
      nodes.set(keyOf(id, version.name), {
        service,
        version,
        name: freeName(service, version.name, taken),
        runs: labels,
        ...podService(version.name, labels),
      });
    }
  }
  return nodes;
}

/** Returns the names, as `namespace/name`, that nodes or pods of several services would have. */
function sharedNames(services: readonly Service[]): ReadonlySet<string> {
  const names = services.flatMap(({ id, versions }) =>
    [...versions.map(({ name }) => name), 'pods'].map((suffix) => `${id}-${suffix}`),
  );
  return repeated(names);
}

function keyOf(service: string, version: string): string {
  return `${service} ${version}`;
}

function podServiceOf(name: string, namespace: string, labels: Readonly<Record<string, string>>): PodService {
  return { name, host: hostOf(`${namespace}/${name}`), labels };
}

const longest = 63;

/** Returns a name that no service of the namespace has; a digest keeps names apart that are cut or taken. */
function freeName(
  { id, namespace, name }: Service,
  suffix: string,
  taken: ReadonlySet<string>,
  version = suffix,
): string {
  const plain = `${name}-${suffix}`;
  if (plain.length <= longest && !taken.has(`${namespace}/${plain}`)) return plain;
  const digest = sha256(`${id} ${version}`).slice(0, 8);
  return `${plain.slice(0, longest - digest.length - 1).replace(/-+$/, '')}-${digest}`;
}

/** Returns the backends of all rules, by their keys. */
function askedBackends({ services, gateways }: Ir): ReadonlySet<string> {
  const routes = [
    ...Object.values(services).flatMap(({ ports }) => ports.map(({ route }) => route)),
    ...Object.values(gateways).flatMap(({ listeners }) =>
      listeners.flatMap(({ virtualHosts }) => virtualHosts.map(({ route }) => route)),
    ),
  ];
  return new Set(
    routes.flatMap(({ rules }) =>
      rules.flatMap(({ action }) =>
        action.type === 'forward'
          ? action.backends.map(({ service, version = '' }) => keyOf(service, version))
          : [],
      ),
    ),
  );
}
