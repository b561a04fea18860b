import type { LiveObject, ServedKind } from '../../../ports/cluster.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import type { Revision } from '../../revision/revision.ts';
import type { ObjectArtifact } from '../../targets/artifact.ts';
import type { Step } from '../step.ts';
import { awaitHealth } from './await-health.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { type Health, healthOf } from './health.ts';
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
  for (const wave of waves) {
    await settings.permitted();
    await writeOne(place, plan, wave, { live, members, wanted });
  }
  const final = { members: finalInventory(coming, live, settings.adopt), mark };
  required(await writeInventory(cluster, place, final, version), place);
}

interface Writing {
  /** Objects as they are; those that are written are put there. */
  readonly live: Map<string, LiveObject>;
  readonly members: Inventory;
  readonly wanted: ReadonlyMap<string, ObjectArtifact>;
}

async function writeOne(
  place: ClusterPlace,
  plan: ClusterPlan,
  { writes }: Wave,
  { live, members, wanted }: Writing,
): Promise<void> {
  const { cluster, clock } = place;
  const { manager, set } = ownershipOf(place, members);
  const results = await writeWave(cluster, plan.observed, writes, manager);
  const refs = new Map<ServedKind, Set<string>>();
  for (const [ref, result] of results) {
    if (result.state !== 'written') continue;
    live.set(ref, result.live);
    const kind = await cluster.served(result.live.apiVersion, result.live.kind);
    const write = writes.find((one) => one.ref === ref);
    const { state } = healthOf(result.live);
    // The object has no status to wait for, or its status is good already.
    if (kind === undefined || write?.op !== 'apply' || state === 'unknown' || state === 'current') continue;
    refs.set(kind, (refs.get(kind) ?? new Set()).add(ref));
  }
  for (const [ref, result] of results) {
    const error = errorOf(ref, result, wanted.get(ref));
    if (error !== undefined) throw error;
  }
  if (refs.size === 0) return;
  refuseUnhealthy(await awaitHealth(cluster, set, refs, healthWait, { clock, signal: never }));
}

function refuseUnhealthy(healths: ReadonlyMap<string, Health>): void {
  for (const [ref, { state, why }] of healths) {
    if (state === 'failed') throw new PortError(`${ref} is not healthy: ${why}`, exit.incomplete);
    if (state === 'in progress' || state === 'terminating')
      throw new PortError(`${ref} is not healthy in time: ${why}`, exit.unaccepted);
  }
}

/** Milliseconds. */
const healthWait = { timeout: 60_000, grace: 2_000, interval: 500 };
const never = new AbortController().signal;

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
