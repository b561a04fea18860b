import type { Clock } from '../../../ports/clock.ts';
import type { Cluster, LiveObject, ServedKind } from '../../../ports/cluster.ts';
import type { Target } from '../../targets/target.ts';
import { type Onlooker, UnhealthyStep } from '../onlooker.ts';
import { awaitHealth } from './await-health.ts';
import { type Health, healthOf } from './health.ts';

/** The cluster, with the target whose objects it holds. */
export interface HealthPlace {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly target: Pick<Target, 'statusGroups'>;
}

/** Waits for the health of a step's objects, wave by wave, and tells the run the objects that it waits for. */
export class HealthWatch {
  readonly #cluster: Cluster;
  readonly #set: string;
  readonly #clock: Clock;
  /** API groups whose controllers write a status on each object. */
  readonly #statusGroups: readonly string[];
  readonly #onlooker: Onlooker | undefined;
  readonly #told = new Map<string, string>();
  /** Kinds without a controller that writes a status in time; the watch waits for them only once. */
  readonly #unattended = new Set<string>();

  constructor({ cluster, clock, target }: HealthPlace, set: string, onlooker: Onlooker | undefined) {
    this.#cluster = cluster;
    this.#set = set;
    this.#clock = clock;
    this.#statusGroups = target.statusGroups ?? [];
    this.#onlooker = onlooker;
  }

  /**
   * Waits until these objects are healthy or have no status. Throws `UnhealthyStep` with `isWritten`, which is true if
   * the step has nothing else to write. Ends early if the run is stopped.
   */
  async until(objects: ReadonlyMap<string, LiveObject>, isWritten: boolean): Promise<void> {
    const refs = new Map<ServedKind, Set<string>>();
    for (const [ref, live] of objects) {
      if (!this.#isOpen(live)) continue;
      const kind = await this.#cluster.served(live.apiVersion, live.kind);
      if (kind !== undefined) refs.set(kind, (refs.get(kind) ?? new Set()).add(ref));
    }
    if (refs.size === 0) return;
    const { timeout = defaultTimeout, signal = never } = this.#onlooker ?? {};
    const until = new Date(this.#clock.now().getTime() + timeout).toISOString();
    const healths = await awaitHealth(
      this.#cluster,
      this.#set,
      refs,
      { timeout, ...pace },
      { clock: this.#clock, signal, onLook: (seen) => this.#tell(seen, until) },
    );
    if (signal.aborted) return;
    for (const [kind, own] of refs)
      if ([...own].every((ref) => healths.get(ref)?.state === 'unknown')) this.#unattended.add(keyOf(kind));
    refuse(healths, isWritten);
  }

  /** Tells the run the objects whose health is unknown because they have no status. */
  tellUnknown(objects: ReadonlyMap<string, LiveObject>): void {
    const unknown = [...objects]
      .flatMap(([ref, live]) => (healthOf(live).state === 'unknown' ? [ref] : []))
      .sort();
    if (unknown.length === 0) return;
    const named = unknown.slice(0, mostNamed).join(', ');
    const more = unknown.length > mostNamed ? ` and ${unknown.length - mostNamed} more` : '';
    this.#onlooker?.tell({
      type: 'notice',
      message: `no controller has written a status for ${unknown.length} of ${objects.size} objects, so their health is unknown: ${named}${more}`,
    });
  }

  #isOpen(live: LiveObject): boolean {
    const { state } = healthOf(live);
    if (state === 'current') return false;
    return (
      state !== 'unknown' ||
      (this.#statusGroups.includes(groupOf(live)) && !this.#unattended.has(keyOf(live)))
    );
  }

  #tell(seen: ReadonlyMap<string, Health>, until: string): void {
    let count = 0;
    for (const [ref, { state, why }] of seen) {
      if (state === 'current' || this.#told.get(ref) === why || count >= mostTold) continue;
      count += 1;
      this.#told.set(ref, why);
      this.#onlooker?.tell({ type: 'waiting', ref, reason: why, until });
    }
  }
}

/** Milliseconds. */
const defaultTimeout = 60_000;
const pace = { grace: 2_000, interval: 500 };
const never = new AbortController().signal;
const mostNamed = 3;
/** The most objects that are reported at each look. */
const mostTold = 20;

function groupOf({ apiVersion }: LiveObject): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}

function keyOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  return `${apiVersion} ${kind}`;
}

function refuse(healths: ReadonlyMap<string, Health>, isWritten: boolean): void {
  const bad = [...healths].filter(([, { state }]) => state !== 'current' && state !== 'unknown');
  const [first] = bad.filter(([, { state }]) => state === 'failed').concat(bad);
  if (first === undefined) return;
  const [ref, { state, why }] = first;
  const more =
    bad.length > 1
      ? `, and ${bad.length - 1} more ${bad.length === 2 ? 'object is' : 'objects are'} not`
      : '';
  const said = state === 'failed' ? 'is not healthy' : 'is not healthy in time';
  const unhealthy = { count: bad.length, first: `${ref} ${said}: ${why}` };
  throw new UnhealthyStep(`${unhealthy.first}${more}`, isWritten, unhealthy);
}
