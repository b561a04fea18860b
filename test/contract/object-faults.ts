import { parseAllDocuments } from 'yaml';
import type { SourceSet } from '../../src/core/source/source.ts';
import type { Artifact, ObjectArtifact } from '../../src/core/targets/artifact.ts';
import type { OwnedKind } from '../../src/core/targets/target.ts';

/** The limits of Kubernetes for names, labels and annotations (RFC 1123 and "Labels and Selectors" of its documentation). */
const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const dnsSubdomain = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const qualifiedName =
  /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
/** The most bytes of all annotations of an object. */
const mostAnnotations = 262_144;
/** The most characters of a name: proxies and controllers make labels of names. */
const longestName = 63;

/**
 * Returns a sentence for each rule that an object of a target breaks; they apply to every target that writes objects.
 */
export function objectFaults(
  artifacts: readonly Artifact[],
  documents: ReadonlySet<string>,
  owns: readonly OwnedKind[],
): readonly string[] {
  const seen = new Set<string>();
  return artifacts
    .filter((artifact): artifact is ObjectArtifact => artifact.type === 'object')
    .flatMap((artifact) => {
      const { apiVersion, kind, metadata } = artifact.manifest as unknown as Manifest;
      const key = `${groupOf(apiVersion)} ${kind} ${artifact.namespace}/${artifact.name}`;
      const again = seen.has(key);
      seen.add(key);
      return [
        ...(again ? ['another object has its name'] : []),
        ...headFaults(artifact, owns),
        ...nameFaults(artifact),
        ...labelFaults(metadata),
        ...originFaults(metadata, documents),
      ].map((fault) => `${key}: ${fault}`);
    });
}

/** Returns the documents of a spec, as `KIND/NAMESPACE/NAME`, or `KIND/NAME` for a kind without namespace. */
export function documentsOf({ sources }: SourceSet): ReadonlySet<string> {
  const named = sources.flatMap(({ bytes }) =>
    parseAllDocuments(Buffer.from(bytes).toString('utf8')).map((document) => {
      const { kind, metadata } = document.toJS() as { kind: string; metadata: Metadata };
      const hasNamespace = kind !== 'Mesh' && kind !== 'Profile';
      const namespace = hasNamespace ? [metadata.namespace ?? 'default'] : [];
      return [kind, ...namespace, metadata.name].join('/');
    }),
  );
  return new Set(named);
}

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : '';
}

function headFaults({ kind, namespace, name, manifest }: ObjectArtifact, owns: readonly OwnedKind[]) {
  const head = manifest as unknown as Manifest;
  const same =
    head.kind === kind && head.metadata.name === name && (head.metadata.namespace ?? '') === namespace;
  const owned = owns.some((one) => one.kind === head.kind && one.apiVersion === head.apiVersion);
  return [
    ...(same ? [] : ['its manifest has another kind, name or namespace']),
    ...(owned ? [] : [`the target does not own ${head.apiVersion} ${head.kind}`]),
  ];
}

/** Kinds of objects of the whole cluster, with their API groups. */
const clusterKinds: ReadonlySet<string> = new Set(['appmesh.k8s.aws Mesh']);

function nameFaults({ kind, namespace, name, manifest }: ObjectArtifact): readonly string[] {
  const { apiVersion } = manifest as unknown as Manifest;
  const isPlaced = clusterKinds.has(`${groupOf(apiVersion)} ${kind}`)
    ? namespace === ''
    : dnsLabel.test(namespace);
  return [
    ...(dnsSubdomain.test(name) ? [] : ['its name is no DNS name']),
    ...(name.length <= longestName ? [] : [`its name is longer than ${String(longestName)} characters`]),
    ...(isPlaced ? [] : ['its namespace is no DNS label']),
  ];
}

function labelFaults({ labels = {}, annotations = {} }: Metadata): readonly string[] {
  const keys = [...Object.keys(labels), ...Object.keys(annotations)];
  return [
    ...(labels['app.kubernetes.io/managed-by'] === 'mesh' ? [] : ['no label says who manages it']),
    ...keys.filter((key) => !qualifiedName.test(key)).map((key) => `${key} is no key of a label`),
    ...Object.values(labels)
      .filter((value) => !labelValue.test(value))
      .map((value) => `${value} is no value of a label`),
    ...(Buffer.byteLength(JSON.stringify(annotations)) <= mostAnnotations
      ? []
      : ['its annotations are too large']),
  ];
}

function originFaults({ annotations }: Metadata, documents: ReadonlySet<string>): readonly string[] {
  const from = annotations?.['meshwright.dev/origin'] ?? '';
  return documents.has(from) ? [] : [`its origin is no document of the spec: "${from}"`];
}
