import type { ImportPlatform } from '../command-table/import-platforms.ts';
import type { NativeDocument } from '../core/import/native-document.ts';
import { nativeFiles } from '../core/import/native-files.ts';
import type { Source } from '../core/source/source.ts';
import { UsageError } from '../core/usage-error.ts';

/** The API groups of each mesh; a group that begins with a dot stands for all groups that end so. */
const groups: Readonly<Record<Exclude<ImportPlatform, 'kubernetes' | 'envoy'>, readonly string[]>> = {
  istio: ['.istio.io'],
  'gateway-api': ['gateway.networking.k8s.io'],
  linkerd: ['linkerd.io', '.linkerd.io'],
  consul: ['consul.hashicorp.com', '.consul.hashicorp.com'],
  kuma: ['kuma.io'],
  smi: ['.smi-spec.io'],
  osm: ['.smi-spec.io', '.openservicemesh.io'],
  'traefik-mesh': ['.smi-spec.io'],
  'nginx-service-mesh': ['.smi-spec.io', 'specs.smi.nginx.com', 'nsm.nginx.com'],
  'app-mesh': ['appmesh.k8s.aws'],
  cilium: ['cilium.io'],
  'gloo-mesh': ['.solo.io'],
  tsb: ['tsb.tetrate.io', '.tsb.tetrate.io', 'install.tetrate.io'],
};

/** Further API groups that the import of a mesh reads, by which nobody recognises it. */
const further: Readonly<Partial<Record<ImportPlatform, readonly string[]>>> = {
  cilium: ['gateway.networking.k8s.io'],
  linkerd: ['gateway.networking.k8s.io'],
  'gloo-mesh': ['.istio.io'],
  tsb: ['.istio.io'],
};

/**
 * Returns the platform to which native objects belong by their API groups; plain Kubernetes if they belong to no mesh.
 * Throws UsageError (64), with the platforms to choose from, if no single platform explains all groups of meshes.
 */
export function nativePlatform(sources: readonly Source[], folder: string): ImportPlatform {
  const { documents } = nativeFiles(sources);
  const found = [...new Set(documents.map(({ group }) => group))];
  const candidates = meshesOf(groups, found);
  if (candidates.length === 0) return platformByForm(documents);
  const known = found.filter((group) => candidates.some((name) => isOf(groups[name], group)));
  const fitting = candidates.filter((name) =>
    known.every((group) => isOf([...groups[name], ...(further[name] ?? [])], group)),
  );
  // SMI alone is the configuration of several meshes, and each of them reads it in its own way.
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only;
  const choices = only === undefined ? candidates : fitting;
  throw new UsageError(
    `${folder} can be the configuration of ${choices.join(', ')}: name the platform to read, such as --platform ${choices[0] ?? ''}`,
  );
}

/** Returns the platform of documents without an API group, by their form. */
function platformByForm(documents: readonly NativeDocument[]): ImportPlatform {
  const plain = documents.filter(({ root }) => !root.at('apiVersion').isPresent);
  if (plain.some(isBootstrap)) return 'envoy';
  if (plain.some(isAppMeshResource)) return 'app-mesh';
  if (plain.some(isConfigEntry)) return 'consul';
  return plain.some(isUniversal) ? 'kuma' : 'kubernetes';
}

/** Returns true for an API group whose objects the import of a platform reads, besides Kubernetes' own. */
export function isGroupOf(platform: ImportPlatform, group: string): boolean {
  const own = platform === 'kubernetes' || platform === 'envoy' ? [] : groups[platform];
  return isOf([...own, ...(further[platform] ?? [])], group);
}

/** Returns true for a bootstrap of Envoy, which has no kind. */
function isBootstrap({ kind, root }: NativeDocument): boolean {
  return kind === '' && (root.at('static_resources').isPresent || root.at('dynamic_resources').isPresent);
}

/** Returns true for a resource of App Mesh as the AWS API prints it, or takes it. */
function isAppMeshResource({ root }: NativeDocument): boolean {
  const inner = root.at('virtualNode').isPresent ? root.at('virtualNode') : root;
  return inner.at('virtualNodeName').isPresent && inner.at('spec').isPresent;
}

/** Returns true for a config entry of Consul: its kind is in lower case. */
function isConfigEntry({ root }: NativeDocument): boolean {
  const kind = root.at('Kind').value ?? root.at('kind').value;
  return (
    typeof kind === 'string' &&
    /^(?:service-[a-z]+|proxy-defaults|mesh|(?:ingress|api|terminating)-gateway|http-route|tcp-route)$/.test(
      kind,
    )
  );
}

/** Returns true for a resource of Kuma outside of Kubernetes. */
function isUniversal({ root }: NativeDocument): boolean {
  const { value } = root.at('type');
  return typeof value === 'string' && (value === 'Mesh' || root.at('mesh').isPresent);
}

function meshesOf<Name extends string>(
  meshes: Readonly<Record<Name, readonly string[]>>,
  found: readonly string[],
): readonly Name[] {
  const isFound = (name: Name): boolean => found.some((group) => isOf(meshes[name], group));
  return (Object.keys(meshes) as Name[]).filter(isFound);
}

function isOf(own: readonly string[], group: string): boolean {
  return own.some((one) => (one.startsWith('.') ? group.endsWith(one) : group === one));
}
