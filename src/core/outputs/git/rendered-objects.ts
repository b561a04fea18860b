import { jsonRecord } from '../../lib/json-record.ts';
import type { Artifact, ObjectArtifact } from '../../targets/artifact.ts';
import type { ObjectDefaults } from '../../targets/object-defaults.ts';
import type { ObjectOrder } from '../../targets/target.ts';
import type { Schema } from '../schema.ts';
import { withDefaults } from '../with-defaults.ts';

/** Settings of the files of a Git output. */
export interface Rendering {
  readonly layout: 'objects' | 'kinds';
  /** True to annotate each object with its place in the order of Argo CD. */
  readonly syncWaves: boolean;
  readonly order?: ObjectOrder;
  readonly defaults?: ObjectDefaults;
}

/** The annotation of an object's wave: Argo CD applies lower waves first, and waits for their health. */
const syncWave = 'argocd.argoproj.io/sync-wave';

/** Returns the objects among artifacts as they are committed: with the defaults of their CRDs, so that no server adds any. */
export function renderedObjects(
  artifacts: readonly Artifact[],
  { syncWaves, order, defaults }: Rendering,
): readonly ObjectArtifact[] {
  const objects = artifacts.filter((one) => one.type === 'object');
  const waveOf = order?.([], objects) ?? (() => 1);
  return objects.map((artifact) => {
    const manifest = withDefaults(artifact.manifest, schemaOf(artifact, defaults));
    if (!syncWaves) return { ...artifact, manifest };
    const fields = jsonRecord(manifest);
    const metadata = jsonRecord(fields['metadata']);
    const annotations = {
      ...jsonRecord(metadata['annotations']),
      [syncWave]: String(waveOf({ after: artifact })),
    };
    return { ...artifact, manifest: { ...fields, metadata: { ...metadata, annotations } } };
  });
}

function schemaOf({ kind, manifest }: ObjectArtifact, defaults: ObjectDefaults = {}): Schema | undefined {
  const { apiVersion } = manifest as { readonly apiVersion: string };
  const node = defaults[`${apiVersion} ${kind}`];
  return node === undefined ? undefined : { node, named: {} };
}
