import type { LiveObject } from '../../../ports/cluster.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import type { Revision } from '../../revision/revision.ts';
import type { ObjectArtifact } from '../../targets/artifact.ts';
import type { Onlooker } from '../onlooker.ts';
import type { Step } from '../step.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { HealthWatch } from './health-watch.ts';
import { finalInventory, type Inventory, memberOf, unionOf } from './inventory.ts';
import { readInventory, writeInventory } from './inventory-parent.ts';
import type { ObservedObjects } from './observe-objects.ts';
import type { ClusterPlan } from './plan-cluster.ts';
import { objectsByRef, ownershipOf, planFor } from './plan-for.ts';
import type { TakenFields } from './taken-fields.ts';
import { type Wave, wavesOf } from './waves.ts';
import { whyNot } from './why-not.ts';
import type { ObjectResult } from './write-object.ts';
import { writeWave } from './write-wave.ts';

/** Settings of a step. */
export interface PutSettings {
  readonly adopt: ReadonlySet<string>;
  readonly take: TakenFields;
  /** Awaited before each wave: it rejects if the lock was lost. */
  readonly permitted: () => Promise<void>;
  /** Objects as the plan of this run has seen them; absent: they are looked for. */
  readonly known?: ObservedObjects;
  readonly onlooker?: Onlooker | undefined;
  /** Reads the revision in force before. */
  readonly before: () => Promise<Revision | undefined>;
}

/**
 * Writes the objects of a step: first the inventory of what is and what will be ours, then wave after wave, each once
 * the one before is healthy, then the inventory of what is ours with the mark of the step. Safe to do again at any
 * point. Throws PortError 7 for what isn't ours, 8 for what the server refuses, 9 for what doesn't get healthy in time.
 */
export async function putInForce(place: ClusterPlace, step: Step, settings: PutSettings): Promise<void> {
  const { cluster } = place;
  const { revision, mark } = step;
  const kept = await readInventory(cluster, place);
  const members = kept?.members ?? new Map<string, never>();
  const before = await settings.before();
  const plan = await planFor(place, members, revision, before, {
    adopt: settings.adopt,
    ask: 'none',
    ...(settings.known && { known: settings.known }),
  });
  const wanted = objectsByRef(revision.artifacts);
  refuse(plan, wanted);
  const coming = [...wanted].map(([ref, one]) => members.get(ref) ?? memberOf(ref, one));
  await settings.permitted();
  const union = { members: unionOf(members, coming), ...(kept?.mark !== undefined && { mark: kept.mark }) };
  const version = required(await writeInventory(cluster, place, union, kept?.version), place);
  const live = new Map(plan.observed.live);
  const waves = wavesOf(plan, {
    before: objectsByRef(before?.artifacts ?? []),
    after: wanted,
    ...(place.target.order && { order: place.target.order }),
    take: settings.take,
  });
  const { set } = ownershipOf(place, members);
  const health = new HealthWatch(place, set, settings.onlooker);
  for (const [i, wave] of waves.entries()) {
    await settings.permitted();
    await writeOne(place, plan, wave, i === waves.length - 1, { live, members, wanted, health });
    if (settings.onlooker?.signal.aborted) throw new PortError('it was interrupted', exit.interrupted);
  }
  // A run that was killed while it waited left objects that are written and not healthy.
  const all = new Map([...live].filter(([ref]) => wanted.has(ref)));
  await health.until(all, true);
  health.tellUnknown(all);
  const final = { members: finalInventory(coming, live, settings.adopt), mark };
  required(await writeInventory(cluster, place, final, version), place);
}

interface Writing {
  /** Objects as they are; those that are written are put there. */
  readonly live: Map<string, LiveObject>;
  readonly members: Inventory;
  readonly wanted: ReadonlyMap<string, ObjectArtifact>;
  readonly health: HealthWatch;
}

async function writeOne(
  place: ClusterPlace,
  plan: ClusterPlan,
  { writes }: Wave,
  isLast: boolean,
  { live, members, wanted, health }: Writing,
): Promise<void> {
  const { cluster } = place;
  const { manager } = ownershipOf(place, members);
  const results = await writeWave(cluster, plan.observed, writes, manager);
  const written = new Map<string, LiveObject>();
  for (const [ref, result] of results) {
    if (result.state !== 'written') continue;
    live.set(ref, result.live);
    if (writes.find((one) => one.ref === ref)?.op === 'apply') written.set(ref, result.live);
  }
  for (const [ref, result] of results) {
    const error = errorOf(ref, result, wanted.get(ref));
    if (error !== undefined) throw error;
  }
  await health.until(written, isLast);
}

function refuse({ changes }: ClusterPlan, wanted: Writing['wanted']): void {
  for (const change of changes) {
    const why = whyNot(change, wanted.get(change.ref)?.origins);
    if (why !== undefined)
      throw new PortError(`${change.ref}: ${why}`, change.op === 'conflict' ? exit.foreign : exit.incomplete);
  }
}

function errorOf(
  ref: string,
  result: ObjectResult,
  artifact: ObjectArtifact | undefined,
): PortError | undefined {
  switch (result.state) {
    case 'written':
    case 'removed':
      return undefined;
    case 'conflict':
      return new PortError(
        `${ref}: ${whyNot({ op: 'conflict', ref, conflicts: result.conflicts }, artifact?.origins) ?? ''}`,
        exit.foreign,
      );
    case 'moved':
      return new PortError(`${ref}: ${result.why} after it was planned; run it again`, exit.foreign);
    case 'refused':
      return new PortError(
        `${ref}: ${result.why}`,
        result.refusal === 'forbidden' ? exit.unreachable : exit.incomplete,
      );
  }
}

function required(version: string | undefined, { inventory }: ClusterPlace): string {
  if (version === undefined)
    throw new PortError(
      `the inventory of ${inventory} was written by another run: the lock was lost`,
      exit.locked,
    );
  return version;
}
