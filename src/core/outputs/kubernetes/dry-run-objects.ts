import type { Cluster } from '../../../ports/cluster.ts';
import type { WantedObject } from './compare-object.ts';
import { inParallel } from './in-parallel.ts';
import { kindKey, type ObservedObjects } from './observe-objects.ts';
import type { DryRunAnswer } from './plan-objects.ts';
import { areTaken, type TakenFields } from './taken-fields.ts';

/**
 * Asks the API server for a dry run of each object. Once the server has forbidden writes of a kind, asks for no further
 * object of the kind, since the answer would be the same. Forces conflicts about exactly the fields of `take`.
 */
export async function dryRunObjects(
  cluster: Cluster,
  { served }: Pick<ObservedObjects, 'served'>,
  objects: readonly WantedObject[],
  manager: string,
  take: TakenFields = new Map(),
): Promise<ReadonlyMap<string, DryRunAnswer>> {
  const answers = new Map<string, DryRunAnswer>();
  const forbidden = new Map<string, DryRunAnswer>();
  await inParallel(objects, atOnce, async ({ ref, manifest }) => {
    const key = kindKey(manifest as { readonly apiVersion: string; readonly kind: string });
    const kind = served.get(key);
    const known = kind === undefined ? notServed(key) : forbidden.get(key);
    let answer =
      known ?? (kind && (await cluster.apply(kind, manifest, { manager, dryRun: true }))) ?? notServed(key);
    if (kind && answer.state === 'conflict' && areTaken(answer.conflicts, take.get(ref)))
      answer = await cluster.apply(kind, manifest, { manager, dryRun: true, force: true });
    if (answer.state === 'forbidden') forbidden.set(key, answer);
    answers.set(ref, answer);
  });
  return answers;
}

const atOnce = 8;

function notServed(key: string): DryRunAnswer {
  const [apiVersion, kind] = key.split(' ');
  return { state: 'unasked', why: `the cluster has no ${kind ?? ''} of ${apiVersion ?? ''} yet` };
}
