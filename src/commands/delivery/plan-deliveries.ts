import type { RolloutRecord } from '../../core/canary/record/rollout-record.ts';
import { type Claims, claimed } from '../../core/history/claims.ts';
import { signingIssuer, type Trust, trustBundle, trustedRoots } from '../../core/identity/trust-file.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { OutputDriver } from '../../core/outputs/output-driver.ts';
import { authorityActions } from '../../core/plan/authority-actions.ts';
import { certificateRequests } from '../../core/plan/certificate-actions.ts';
import type { TargetPlan } from '../../core/plan/plan.ts';
import { trustRestarts } from '../../core/plan/plan-target.ts';
import type { RolloutReport } from '../../core/plan/rollout-report.ts';
import type { Delivery } from '../../core/run/delivery.ts';
import { observeMaterial } from '../../core/run/observe-material.ts';
import type { Target } from '../../core/targets/target.ts';
import type { ObservingParts } from './delivery-parts.ts';
import type { DeliveredTarget } from './open-output.ts';
import type { TrustBundles } from './trust-bundles.ts';

/**
 * A target with its wanted revision, compiled now or recorded before, and the function that compiles intermediate
 * meshes.
 */
export interface Wanted extends Pick<Delivery, 'next' | 'lower'> {
  readonly target: Target;
  readonly config: DeliveredTarget;
  readonly output: OutputDriver;
  /** Records of Rollouts, as the revision was compiled with them. */
  readonly rollouts?: readonly RolloutRecord[];
  /** Sentences of the plan about these records. */
  readonly reports?: readonly RolloutReport[];
  /** Returns the target compiled with the records that the locked output has now. */
  readonly reweighted?: (locked: OutputDriver) => Promise<Wanted>;
  /** Claims of the resumed run; if absent, those of the command. */
  readonly claims?: Claims;
}

/** A planned target without certificates; its lock need not be held. */
export type PlannedDelivery = Omit<Delivery, 'materials' | 'epoch'>;

/**
 * Observes the output of each target and plans the steps to the wanted revision; writes nothing. An output with
 * `locked` is about to be written, so fewer checks are needed than for a plan alone.
 */
export async function planDeliveries(
  mesh: Pick<Ir, 'name' | 'environment' | 'trustDomain'>,
  wanted: readonly Wanted[],
  { trust, roots, bundles }: TrustBundles,
  { clock, reader }: Pick<ObservingParts, 'clock' | 'reader'>,
  claims: Claims = {},
  locked: ReadonlyMap<string, Pick<Wanted, 'output'>> = new Map(),
): Promise<readonly PlannedDelivery[]> {
  const planned: PlannedDelivery[] = [];
  for (const { config, next, lower, target, claims: recorded, reports = [], ...one } of wanted) {
    const { name } = config;
    const output = locked.get(name)?.output ?? one.output;
    const inventory = `${mesh.name}.${mesh.environment}.${name}`;
    const now = clock.now();
    const claim = claimed(recorded ?? claims);
    const observed = await observeMaterial(
      output,
      await output.observe(inventory, claim?.adopt ?? [], claim?.take),
      {
        reader,
        bundle: bundles[mesh.trustDomain],
        ...issuerOf(trust, name),
        now,
      },
    );
    const changes = await output.plan(observed, next, now, roots);
    const plan = {
      ...withTrust(changes, { observed, next, target, name }, trust),
      ...(reports.length > 0 && { rollouts: reports }),
    };
    planned.push({
      ...{ name, output, observed, next, plan, lower, target },
      ...(roots && { roots }),
      ...reaches(trust, name, next.trust?.bundles[mesh.trustDomain] === bundles[mesh.trustDomain]),
      ...(claim && { claims: claim }),
    });
  }
  return planned;
}

/** Returns a plan with the actions for the authority that the mesh runs itself, and the restarts that new roots need. */
function withTrust(
  plan: TargetPlan,
  {
    observed,
    next,
    target,
    name,
  }: Pick<PlannedDelivery, 'observed' | 'next' | 'name'> & Pick<Wanted, 'target'>,
  trust: Trust | undefined,
): TargetPlan {
  const requests = certificateRequests(next.artifacts);
  const wanted = trust && { issuer: signingIssuer(trust, name)?.id, bundle: trustBundle(trust) };
  const authorities = authorityActions(requests, observed, wanted);
  const own = new Set(authorities.map(({ proxy }) => proxy));
  return {
    ...plan,
    certificates: [...plan.certificates.filter(({ proxy }) => !own.has(proxy)), ...authorities],
    restarts: [...plan.restarts, ...trustRestarts(observed.current?.snapshot, next, target)],
  };
}

function issuerOf(trust: Trust | undefined, target: string): { readonly issuer?: string } {
  const issuer = trust && signingIssuer(trust, target)?.id;
  return issuer === undefined ? {} : { issuer };
}

/** Returns the trust that a run puts in force; undefined unless the revision has the bundle of the trust file. */
function reaches(trust: Trust | undefined, target: string, hasBundle: boolean): Pick<Delivery, 'reaches'> {
  if (trust === undefined || !hasBundle) return {};
  const { phase, rotation } = trust;
  return {
    reaches: {
      phase,
      ...(rotation && { rotation: rotation.began }),
      roots: trustedRoots(trust).map(({ id }) => id),
      ...issuerOf(trust, target),
    },
  };
}
