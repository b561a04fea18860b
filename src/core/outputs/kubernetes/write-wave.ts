import type { Cluster } from '../../../ports/cluster.ts';
import { inParallel } from './in-parallel.ts';
import { kindKey, type ObservedObjects } from './observe-objects.ts';
import { type ObjectResult, type ObjectWrite, writeObject } from './write-object.ts';

/**
 * Writes the objects of a wave, some at a time, and returns the results. After a failed write begins no further one,
 * but waits for the running writes.
 */
export async function writeWave(
  cluster: Cluster,
  { served }: Pick<ObservedObjects, 'served'>,
  writes: readonly ObjectWrite[],
  { manager }: { readonly manager: string },
): Promise<ReadonlyMap<string, ObjectResult>> {
  const results = new Map<string, ObjectResult>();
  let isStopped = false;
  await inParallel(writes, atOnce, async (write) => {
    if (isStopped) return;
    const of = write.op === 'apply' ? write.manifest : write.live;
    const key = kindKey(of as { readonly apiVersion: string; readonly kind: string });
    const [apiVersion = '', name = ''] = key.split(' ');
    const kind = served.get(key) ?? (await cluster.served(apiVersion, name));
    const result: ObjectResult =
      kind === undefined
        ? { state: 'refused', refusal: 'no such kind', why: `the cluster has no ${name} of ${apiVersion}` }
        : await writeObject(cluster, kind, write, manager);
    if (result.state !== 'written' && result.state !== 'removed') isStopped = true;
    results.set(write.ref, result);
  });
  return results;
}

const atOnce = 8;
