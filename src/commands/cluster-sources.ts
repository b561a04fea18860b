import type { ImportPlatform } from '../command-table/import-platforms.ts';
import { nativeDocument } from '../core/import/native-document.ts';
import type { Reader } from '../core/import/reader.ts';
import type { Source } from '../core/source/source.ts';
import type { Cluster, LiveObject, ServedKind } from '../ports/cluster.ts';
import { isGroupOf } from './native-platform.ts';

/** The kinds of Kubernetes that say which services, versions and accounts there are. Secrets are none of them. */
const manifests: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['v1', 'Namespace'],
  ['v1', 'Service'],
  ['apps/v1', 'DaemonSet'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['batch/v1', 'CronJob'],
  ['networking.k8s.io/v1', 'Ingress'],
];

/** Kinds that an import reads of a group that it leaves out otherwise: waypoints are Gateways of the Gateway API. */
const further: Readonly<Partial<Record<ImportPlatform, readonly string[]>>> = {
  istio: ['gateway.networking.k8s.io Gateway'],
  'gloo-mesh': ['gateway.networking.k8s.io Gateway'],
};

/** The objects of a cluster to read. */
export interface ClusterSelection {
  readonly platform: ImportPlatform;
  readonly reader: Reader;
  /** Absent: all namespaces but those of Kubernetes itself (`kube-*`). */
  readonly namespaces?: readonly string[] | undefined;
}

/**
 * Lists the objects of a platform in a cluster, and those of Kubernetes that give its services. Returns one text of JSON for each
 * object, named `KIND/NAMESPACE/NAME`, in order of the names. Needs the right to list these kinds alone. Throws PortError(15) if
 * the server refuses a list.
 */
export async function clusterSources(
  cluster: Cluster,
  { platform, reader, namespaces }: ClusterSelection,
): Promise<readonly Source[]> {
  const own = (
    await cluster.kinds((group) => isGroupOf(platform, group) || isFurther(platform, group))
  ).filter((kind) => isRead(kind, platform, reader));
  const services = await Promise.all(
    reader.usesKubernetes ? manifests.map(([apiVersion, kind]) => cluster.served(apiVersion, kind)) : [],
  );
  const kinds = [...own, ...services.filter((kind) => kind !== undefined)];
  const names = kinds.map(({ kind }) => kind);
  const sources: Source[] = [];
  for (const kind of kinds) {
    const isTwice = names.indexOf(kind.kind) !== names.lastIndexOf(kind.kind);
    for (const object of await objectsOf(cluster, kind, namespaces))
      sources.push({
        file: nameOf(object, isTwice),
        bytes: new TextEncoder().encode(`${JSON.stringify(object, null, 2)}\n`),
      });
  }
  return sources.sort((one, other) => (one.file < other.file ? -1 : 1));
}

function isFurther(platform: ImportPlatform, group: string): boolean {
  return further[platform]?.some((one) => one.startsWith(`${group} `)) === true;
}

/** Lists only kinds that the reader accounts for. */
function isRead({ apiVersion, kind }: ServedKind, platform: ImportPlatform, reader: Reader): boolean {
  const group = apiVersion.slice(0, apiVersion.indexOf('/'));
  if (further[platform]?.includes(`${group} ${kind}`) === true) return true;
  const location = { file: '', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } };
  const example = { apiVersion, kind, metadata: { name: 'example', namespace: 'example' } };
  return reader.takes(nativeDocument(example, location, () => undefined));
}

async function objectsOf(
  cluster: Cluster,
  kind: ServedKind,
  namespaces: readonly string[] | undefined,
): Promise<readonly LiveObject[]> {
  if (namespaces === undefined || !kind.namespaced) {
    const { objects } = await cluster.list(kind);
    return objects.filter((object) => isWanted(object, kind, namespaces));
  }
  const lists = await Promise.all(
    [...new Set(namespaces)].map((namespace) => cluster.list(kind, { namespace })),
  );
  return lists.flatMap(({ objects }) => objects).filter((object) => isWanted(object, kind, namespaces));
}

/** The namespaces of Kubernetes hold its own parts, and one Service stands for the API server. */
function isWanted(
  { metadata: { name, namespace } }: LiveObject,
  { kind }: ServedKind,
  namespaces: readonly string[] | undefined,
): boolean {
  if (kind === 'Service' && namespace === 'default' && name === 'kubernetes') return false;
  const home = kind === 'Namespace' ? name : namespace;
  if (home === undefined) return true;
  return namespaces === undefined ? !home.startsWith('kube-') : namespaces.includes(home);
}

function nameOf({ apiVersion, kind, metadata: { name, namespace } }: LiveObject, isTwice: boolean): string {
  const slash = apiVersion.indexOf('/');
  const group = isTwice && slash > 0 ? `.${apiVersion.slice(0, slash)}` : '';
  return [`${kind}${group}`, ...(namespace === undefined ? [] : [namespace]), name].join('/');
}
