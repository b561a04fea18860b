import type { Cluster, LiveObject, ServedKind } from '../../../../ports/cluster.ts';
import { PortError } from '../../../../ports/port-error.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { jsonRecord } from '../../../lib/json-record.ts';
import { certificateRequests } from '../../../plan/certificate-actions.ts';
import type { Artifact, ObjectArtifact } from '../../../targets/artifact.ts';
import { readAuthority } from '../../../targets/authority-form.ts';
import type { PodTrust } from '../../../targets/pod-trust.ts';
import type { TrustObject } from '../../trust-object.ts';
import { secretName } from '../cluster-material.ts';
import { changedAt } from './changed-at.ts';
import type { HandedAuthority } from './pod-evidence.ts';
import { podObjects } from './pod-objects.ts';

const secrets: ServedKind = { apiVersion: 'v1', kind: 'Secret', resource: 'secrets', namespaced: true };
const maps: ServedKind = { apiVersion: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true };

/** The content of an object, or the reason why it is unknown or not enough. */
type Held =
  | { readonly bundles: readonly string[]; readonly certificates: readonly string[] }
  | { readonly why: string }
  | { readonly lacks: string };

/**
 * Reads the objects in which these artifacts hand a mesh its trust, and the pods that use it: the Secrets of its
 * authority, the ConfigMaps with one of the roots (PEM), and pods if the mesh says how they show their trust. The key in
 * a Secret is dropped at once.
 */
export async function trustObjects(
  cluster: Pick<Cluster, 'read' | 'list'>,
  artifacts: readonly Artifact[],
  roots: readonly string[],
  pods?: PodTrust,
): Promise<readonly TrustObject[]> {
  const found: TrustObject[] = [];
  for (const artifact of artifacts) {
    if (artifact.type !== 'object' || artifact.kind !== maps.kind) continue;
    const key = bundleKey(artifact, roots);
    if (key === undefined) continue;
    const { name, namespace } = artifact;
    found.push(await heldBy(cluster, maps, { namespace, name }, (live) => bundleIn(live, key)));
  }
  for (const { proxy, profile } of certificateRequests(artifacts)) {
    if (profile !== 'authority') continue;
    const name = secretName(proxy);
    let changed: number | undefined;
    const secret = await heldBy(cluster, secrets, name, (live) => {
      changed = changedAt(live);
      return authorityIn(live);
    });
    const certificate = 'certificates' in secret ? secret.certificates[0] : undefined;
    const handed: HandedAuthority | undefined =
      certificate === undefined || changed === undefined ? undefined : { certificate, changed };
    found.push(secret);
    if (pods !== undefined) found.push(...(await podObjects(cluster, name.namespace, pods, handed)));
  }
  return found;
}

/** Reads one object; an object that can't be read is no failure, since somebody may attest for it. */
async function heldBy(
  cluster: Pick<Cluster, 'read'>,
  kind: ServedKind,
  name: { readonly namespace: string; readonly name: string },
  held: (live: LiveObject) => Held,
): Promise<TrustObject> {
  const id = `core/${kind.kind}/${name.namespace}/${name.name}`;
  try {
    const live = await cluster.read(kind, name);
    return { id, ...(live === undefined ? { lacks: 'it is not there: mesh apply makes it' } : held(live)) };
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return { id, why: error.message };
  }
}

function authorityIn({ type, data }: LiveObject): Held {
  const read = readAuthority(canonicalJson({ kind: 'Secret', type, data }));
  if (read === undefined) return { lacks: 'it lacks a file of an authority: mesh apply writes it again' };
  const { certificate, bundle } = read;
  return { certificates: [certificate], bundles: bundle === undefined ? [] : [bundle] };
}

function bundleIn({ data }: LiveObject, key: string): Held {
  const text = jsonRecord(data)[key];
  return typeof text === 'string'
    ? { bundles: [text], certificates: [] }
    : { lacks: `it lacks ${key}: mesh apply writes it again` };
}

/** Returns the key of a ConfigMap under which it has one of the roots; undefined if it has none. */
function bundleKey({ manifest }: ObjectArtifact, roots: readonly string[]): string | undefined {
  const entries = Object.entries(jsonRecord(jsonRecord(manifest)['data']));
  return entries.find(
    ([, text]) => typeof text === 'string' && roots.some((root) => text.includes(root.trim())),
  )?.[0];
}
