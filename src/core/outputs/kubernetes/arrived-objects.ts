import type { Cluster, LiveObject } from '../../../ports/cluster.ts';
import type { Artifact } from '../../targets/artifact.ts';
import type { ArrivedObject } from '../arrived-object.ts';
import type { Schema } from '../schema.ts';
import type { WantedObject } from './compare-object.ts';
import { estimatedChanges } from './estimated-changes.ts';
import { type Health, healthOf } from './health.ts';
import { memberOf } from './inventory.ts';
import { driftOf } from './object-drift.ts';
import { observeObjects } from './observe-objects.ts';
import { objectsByRef } from './plan-for.ts';
import { schemasFor } from './schemas-for.ts';

/** The name of a set and a manager that no object has, since the objects belong to their controller. */
const nobody = 'meshwright.dev-nobody';

/**
 * Returns the state of objects that a controller carries to a cluster. Compares only the fields of the written objects,
 * since a controller adds labels and annotations of its own.
 */
export async function arrivedObjects(
  cluster: Cluster,
  artifacts: readonly Artifact[],
): Promise<readonly ArrivedObject[]> {
  const objects = [...objectsByRef(artifacts)];
  const asked = objects.map(([ref, one]) => memberOf(ref, one));
  const { live } = await observeObjects(cluster, nobody, asked);
  const wanted = objects.map(([ref, { manifest }]) => ({ ref, manifest }));
  const schemaOf = await schemasFor(cluster, wanted);
  return wanted.map((one) => {
    const found = live.get(one.ref);
    return found === undefined
      ? { ref: one.ref, state: 'missing' }
      : arrivedObject(one, found, schemaOf(one.manifest));
  });
}

const states = {
  current: 'healthy',
  'in progress': 'in progress',
  terminating: 'in progress',
  failed: 'failed',
  unknown: 'unknown',
} as const satisfies Readonly<Record<Health['state'], ArrivedObject['state']>>;

function arrivedObject(
  { ref, manifest }: WantedObject,
  live: LiveObject,
  schema: Schema | undefined,
): ArrivedObject {
  const changes = estimatedChanges(live, manifest, nobody, schema);
  if (changes.length === 0) {
    const { state, why } = healthOf(live);
    return { ref, state: states[state], ...(why !== '' && { detail: why }) };
  }
  const fields = driftOf({ op: 'update', ref, fields: changes }, live, nobody);
  const [last] = fields
    .filter(({ manager }) => manager !== 'unknown')
    .sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? 1 : -1));
  return {
    ref,
    state: 'behind',
    fields: fields.map(({ path, before, after }) => ({
      path,
      ...(after !== undefined && { before: after }),
      ...(before !== undefined && { after: before }),
    })),
    ...(last && { by: { owner: last.manager, modified: last.time ?? 'unknown' } }),
  };
}
