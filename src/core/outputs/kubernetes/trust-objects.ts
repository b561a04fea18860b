import type { Cluster, LiveObject, ServedKind } from '../../../ports/cluster.ts';
import { PortError } from '../../../ports/port-error.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import { certificateRequests } from '../../plan/certificate-actions.ts';
import type { Artifact, ObjectArtifact } from '../../targets/artifact.ts';
import { readAuthority } from '../../targets/authority-form.ts';
import type { TrustObject } from '../trust-object.ts';
import { secretName } from './cluster-material.ts';

const secrets: ServedKind = { apiVersion: 'v1', kind: 'Secret', resource: 'secrets', namespaced: true };
const maps: ServedKind = { apiVersion: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true };

type Held = { readonly bundle?: string; readonly certificate?: string } | { readonly why: string };

/**
 * Reads the objects in which these artifacts hand a mesh its trust: the Secrets of its authority, and the ConfigMaps
 * with one of the roots (PEM). The key in a Secret is dropped at once.
 */
export async function trustObjects(
  cluster: Pick<Cluster, 'read'>,
  artifacts: readonly Artifact[],
  roots: readonly string[],
): Promise<readonly TrustObject[]> {
  const found: TrustObject[] = [];
  for (const { proxy, profile } of certificateRequests(artifacts)) {
    if (profile !== 'authority') continue;
    found.push(await heldBy(cluster, secrets, secretName(proxy), authorityIn));
  }
  for (const artifact of artifacts) {
    if (artifact.type !== 'object' || artifact.kind !== maps.kind) continue;
    const key = bundleKey(artifact, roots);
    if (key === undefined) continue;
    const { name, namespace } = artifact;
    found.push(await heldBy(cluster, maps, { namespace, name }, (live) => bundleIn(live, key)));
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
    return { id, ...(live === undefined ? { why: 'it is not there: mesh apply makes it' } : held(live)) };
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return { id, why: error.message };
  }
}

function authorityIn({ type, data }: LiveObject): Held {
  const read = readAuthority(canonicalJson({ kind: 'Secret', type, data }));
  if (read === undefined) return { why: 'it lacks a file of an authority' };
  const { certificate, bundle } = read;
  return { certificate, ...(bundle !== undefined && { bundle }) };
}

function bundleIn({ data }: LiveObject, key: string): Held {
  const text = jsonRecord(data)[key];
  return typeof text === 'string' ? { bundle: text } : { why: `it lacks ${key}` };
}

/** Returns the key of a ConfigMap under which it has one of the roots; undefined if it has none. */
function bundleKey({ manifest }: ObjectArtifact, roots: readonly string[]): string | undefined {
  const entries = Object.entries(jsonRecord(jsonRecord(manifest)['data']));
  return entries.find(
    ([, text]) => typeof text === 'string' && roots.some((root) => text.includes(root.trim())),
  )?.[0];
}
