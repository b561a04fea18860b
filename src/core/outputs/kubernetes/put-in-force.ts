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
import type { InventoryRecord } from './inventory-record.ts';
import type { ObservedObjects } from './observe-objects.ts';
import type { ClusterPlan } from './plan-cluster.ts';
import { objectsByRef, ownershipOf, planFor } from './plan-for.ts';
import type { TakenFields } from './taken-fields.ts';
import { type Wave, wavesOf } from './waves.ts';
import { hindranceText, whyNot } from './why-not.ts';
import type { ObjectResult } from './write-object.ts';
import { writeWave } from './write-wave.ts';

/** Settings of a step. */
export interface PutSettings {
  readonly adopt: ReadonlySet<string>;
  readonly take: TakenFields;
  readonly inventory: InventoryRecord;
  /** The objects that the plan of this run has seen; if absent, they are looked for. */
  readonly known?: ObservedObjects;
  readonly onlooker?: Onlooker | undefined;
  /** Reads the revision in force before the step. */
  readonly before: () => Promise<Revision | undefined>;
}

/**
 * Writes a step: first the inventory of old and new objects; then the objects, wave by wave, each once the wave before
 * is healthy; then the final inventory with the mark of the step. Safe to repeat at any point. Throws PortError(7) for
 * objects of others, (8) for refused objects, (9) for objects that don't get healthy in time.
 */
export async function putInForce(place: ClusterPlace, step: Step, settings: PutSettings): Promise<void> {
  const { revision, mark } = step;
  const kept = await settings.inventory.read();
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
  const union = { members: unionOf(members, coming), ...(kept?.mark !== undefined && { mark: kept.mark }) };
  await writeInventory(settings.inventory, union, place);
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
    const isLast = i === waves.length - 1;
    await writeOne(place, plan, wave, isLast, { live, members, wanted, health });
    if (settings.onlooker?.signal.aborted) throw new PortError('it was interrupted', exit.interrupted);
  }
  // A run that was killed during its wait has left written objects that aren't healthy yet.
  const all = new Map([...live].filter(([ref]) => wanted.has(ref)));
  await health.until(all, true);
  health.tellUnknown(all);
  const final = { members: finalInventory(coming, live, settings.adopt), mark };
  await writeInventory(settings.inventory, final, place);
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
  const results = await writeWave(cluster, plan.observed, writes, { manager });
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
    const found = whyNot(change, wanted.get(change.ref)?.origins);
    if (found !== undefined)
      throw new PortError(
        `${change.ref}: ${hindranceText(found)}`,
        change.op === 'conflict' ? exit.foreign : exit.incomplete,
      );
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
    case 'conflict': {
      const found = whyNot({ op: 'conflict', ref, conflicts: result.conflicts }, artifact?.origins);
      return new PortError(`${ref}: ${found ? hindranceText(found) : ''}`, exit.foreign);
    }
    case 'moved':
      return new PortError(`${ref}: ${result.why} after it was planned; run it again`, exit.foreign);
    case 'refused':
      return new PortError(
        `${ref}: ${result.why}`,
        result.refusal === 'forbidden' ? exit.unreachable : exit.incomplete,
      );
  }
}

async function writeInventory(
  record: InventoryRecord,
  content: Parameters<InventoryRecord['write']>[0],
  { inventory }: ClusterPlace,
): Promise<void> {
  const version = (await record.read())?.version;
  if (await record.write(content, version)) return;
  throw new PortError(
    `the inventory of ${inventory} was written by another run: the lock was lost`,
    exit.locked,
  );
}
