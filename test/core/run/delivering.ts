import { systemClock } from '../../../src/adapters/system-clock.ts';
import { systemEntropy } from '../../../src/adapters/system-entropy.ts';
import { ulid } from '../../../src/core/history/ulid.ts';
import type { Material } from '../../../src/core/identity/certificate-issuer.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { DirectoryOutput } from '../../../src/core/outputs/directory/directory-output.ts';
import { assemblePlan } from '../../../src/core/plan/assemble-plan.ts';
import type { Revision } from '../../../src/core/revision/revision.ts';
import { deliver } from '../../../src/core/run/deliver.ts';
import type { Delivery, Run, Surroundings } from '../../../src/core/run/delivery.ts';
import type { Event, Outcome } from '../../../src/core/run/event.ts';
import { prepare } from '../../../src/core/run/prepare.ts';
import { recheck } from '../../../src/core/run/recheck.ts';
import type { Artifact } from '../../../src/core/targets/artifact.ts';
import envoy from '../../../src/core/targets/envoy/index.ts';
import type { Directory } from '../../../src/ports/directory.ts';
import type { ProxyAdmin } from '../../../src/ports/proxy-admin.ts';

/** No proxy listens at any address. */
const nobody: ProxyAdmin = { get: () => Promise.resolve({ state: 'absent' }) };

export interface Wish {
  readonly next: Revision;
  readonly lower?: (ir: Ir) => readonly Artifact[];
  readonly materials?: readonly Material[];
  readonly around?: Partial<Surroundings>;
  readonly run?: Partial<Run>;
  /** True to resume the run of the journal. */
  readonly resumes?: boolean;
  /** The owner of the output, and its path for proxies; if absent, `shop.default.edge` at its own path. */
  readonly output?: { readonly inventory: string; readonly seenAs: string };
}

/** Plans and delivers like `apply --yes`, and returns the events. */
export async function applied(
  directory: Directory,
  { next, lower, materials = [], around, run, resumes = false, output }: Wish,
): Promise<{ readonly outcome: Outcome; readonly events: readonly Event[] }> {
  const now = systemClock.now();
  const { inventory, seenAs } = output ?? { inventory: 'shop.default.edge', seenAs: directory.path };
  const driver = new DirectoryOutput(directory, seenAs);
  const observed = await driver.observe(inventory, []);
  const planned = { name: 'edge', observed, next, plan: driver.plan(observed, next, now, undefined) };
  const { planId } = assemblePlan([planned], 'mesh/0', {});
  await driver.protect();
  const delivery: Delivery = {
    ...planned,
    output: driver,
    epoch: observed.state.epoch + 1,
    target: envoy,
    lower: lower ?? (() => next.artifacts),
    materials,
    ...(resumes && observed.journal && { resumes: observed.journal }),
  };
  const whole: Run = {
    id: ulid(now, systemEntropy.bytes(10)),
    command: 'apply',
    started: now.toISOString(),
    actor: 'test@here',
    tool: 'mesh/0',
    specDigest: '0',
    planId,
    ...run,
  };
  const surroundings = {
    clock: systemClock,
    admin: nobody,
    timeout: 10_000,
    signal: new AbortController().signal,
    ...around,
  };
  const prepared = await prepare(delivery, whole);
  const running = prepared ? deliver(prepared, surroundings) : recheck(delivery, whole, surroundings);
  const events: Event[] = [];
  for (;;) {
    const step = await running.next();
    if (step.done) return { outcome: step.value, events };
    events.push(step.value);
  }
}

/** Returns the stages that came into force, in order. */
export function switches(events: readonly Event[]): readonly string[] {
  return events.flatMap((event) => (event.type === 'switch' ? [event.stage] : []));
}
