import type { Options, OptionsOf } from '../../command-table/invocation.ts';
import { compileTarget } from '../../core/compile.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../../core/diagnostics/sort.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { endingIssuers } from '../../core/identity/ending-issuers.ts';
import { unboundTrust } from '../../core/identity/unbound-trust.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { sha256 } from '../../core/lib/sha256.ts';
import type { Allowances } from '../../core/plan/allowances.ts';
import { assemblePlan } from '../../core/plan/assemble-plan.ts';
import { holdGuards } from '../../core/plan/hold-guards.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { type PlanChecks, targetChecks } from '../../core/plan/saved-plan.ts';
import { specGuards } from '../../core/plan/spec-guards.ts';
import type { Revision } from '../../core/revision/revision.ts';
import type { Run } from '../../core/run/delivery.ts';
import type { Spec } from '../../core/spec/spec.ts';
import { suppress } from '../../core/suppress/suppress.ts';
import { type CheckedTarget, checkTarget } from '../../core/targets/portability.ts';
import type { OpenedStore, SpecChange } from '../../ports/spec-store.ts';
import { type FindingOptions, fails, linkedMesh, showFindings } from '../linked-mesh.ts';
import type { LoadedMesh } from '../load-mesh.ts';
import { type MeshCall } from '../options.ts';
import { deliveredTargets } from './delivered-targets.ts';
import type { ObservingParts } from './delivery-parts.ts';
import { type DeliveredTarget, openOutput } from './open-output.ts';
import { type PlannedDelivery, planDeliveries, type Wanted } from './plan-deliveries.ts';
import { type TrustBundles, trustBundles } from './trust-bundles.ts';
import { type Compiled, weightedTarget } from './weighted-target.ts';
import { withSpecEdits } from './with-spec-edits.ts';

/** The revisions that the spec compiles to. */
export interface WantedSpec {
  readonly ir: Ir;
  /** The findings of Guardrails that refuse a plan. */
  readonly broken?: readonly Diagnostic[];
  readonly trust: TrustBundles;
  /** The chosen targets, compiled. */
  readonly wanted: readonly Wanted[];
  /** The history's record of the spec. */
  readonly origin: Pick<Run, 'commit' | 'dirty' | 'specDigest' | 'sources'>;
  /** The loaded spec of the sources in `origin`. */
  readonly spec?: Spec;
  /** The files that differ from the commit, if any. */
  readonly changes?: readonly SpecChange[];
}

/** The revisions that the spec compiles to, with the content of the outputs. */
export interface PlannedSpec extends WantedSpec {
  readonly deliveries: readonly PlannedDelivery[];
  readonly plan: Plan;
  /** The values by which a saved plan is compared. */
  readonly checks: PlanChecks;
}

/** Observes the outputs of targets and plans the way to the revisions of the spec; writes nothing. */
export async function planSpec(
  spec: WantedSpec,
  allowed: Allowances,
  parts: Pick<ObservingParts, 'clock' | 'tool' | 'reader'>,
  locked?: Parameters<typeof planDeliveries>[5],
  { releaseHold }: Partial<Options<'releaseHold'>> = {},
): Promise<PlannedSpec> {
  const { ir, trust, origin, changes } = spec;
  const wanted = await Promise.all(
    // A rollout may have gone a step further until the lock was held.
    spec.wanted.map(async (one) => {
      const output = locked?.get(one.config.name)?.output;
      return output === undefined ? one : ((await one.reweighted?.(output)) ?? one);
    }),
  );
  const deliveries = withSpecEdits(
    await planDeliveries(ir, wanted, trust, parts, allowed, locked),
    wanted.map(() => origin.sources),
    ir.environment,
    spec.spec,
  );
  const { commit, dirty } = origin;
  const head = {
    ...(commit !== undefined && { commit }),
    ...(dirty !== undefined && { dirty }),
    ...(changes && { changes }),
  };
  const checks = {
    tool: parts.tool,
    environment: ir.environment,
    allowed,
    spec: origin.specDigest,
    targets: targetChecks(deliveries),
  };
  const guards = [...specGuards(spec.broken ?? []), ...holdGuards(deliveries, releaseHold)];
  const plan = assemblePlan(deliveries, parts.tool, head, allowed, guards);
  return { ...spec, wanted, deliveries, plan, checks };
}

/**
 * Loads the spec and compiles the chosen targets; returns an exit code if there are errors. Outputs that are observed
 * next are looked at meanwhile: `next` says whether a plan or a run follows.
 */
export async function compileSpec(
  { store, root }: OpenedStore,
  invocation: MeshCall &
    FindingOptions &
    Pick<OptionsOf<'plan'>, 'target'> &
    Partial<Options<'restartRollouts'>>,
  parts: ObservingParts,
  next?: 'plan' | 'run',
): Promise<WantedSpec | { readonly exitCode: ExitCode }> {
  const { mesh, ir, broken, exitCode } = await linkedMesh(store, invocation, parts.console);
  if (!ir || !mesh.spec) return { exitCode };
  const { spec } = mesh;
  const trust = await trustBundles(store, ir, parts.reader);
  const { chosen, diagnostics } = deliveredTargets(spec, ir, invocation);
  const checked = await Promise.all(
    chosen.map(async (config) => ({ ...(await checkTarget(spec, ir, config)), config })),
  );
  const { reported: found } = suppress(
    sortDiagnostics([
      ...diagnostics,
      ...checked.flatMap((target) => target.diagnostics),
      ...unboundTrust(spec, ir, trust.trust, checked),
      ...endingIssuers(
        spec,
        ir,
        trust.trust,
        chosen.map(({ name }) => name),
        { reader: parts.reader, now: parts.clock.now().getTime() },
      ),
    ]),
    mesh.suppressions,
  );
  showFindings(found, mesh.texts, invocation, parts.console);
  if (fails(found, invocation)) return { exitCode: exit.findings };
  const wanted: Wanted[] = [];
  for (const target of checked) {
    const output = await openOutput(root, target.config, ir, parts);
    if (next !== undefined) await output.lookAhead?.(next === 'run');
    const compile = (mesh: WeightedMesh) => compiled(mesh, target, trust);
    const at = { config: target.config, output };
    wanted.push(await weightedTarget(ir, at, compile, invocation.restartRollouts));
  }
  const commit = await store.commit();
  const head = commit === undefined ? {} : { commit: commit.id, dirty: commit.dirty };
  const origin = { ...head, ...sourcesOf(mesh) };
  return { ir, broken, trust, wanted, origin, spec, ...(commit?.changes && { changes: commit.changes }) };
}

type Checked = CheckedTarget & { readonly config: DeliveredTarget };

type WeightedMesh = Pick<Revision, 'ir' | 'weighted'>;

function compiled(mesh: WeightedMesh, target: Checked, trust: TrustBundles): Compiled {
  const { bundles, roots, distrusted } = trust;
  const { artifacts, proxies, name, platform } = compileTarget(mesh.ir, target, trust);
  return {
    next: {
      ...mesh,
      artifacts,
      proxies,
      about: { target: name, platform, loss: target.loss },
      trust: {
        bundles,
        ...(roots !== undefined && { roots }),
        ...(distrusted !== undefined && { distrusted }),
      },
    },
    target: target.target,
    lower: (other) => compileTarget(other, target, trust).artifacts,
  };
}

function sourcesOf({ sources: { sources: files } }: LoadedMesh): Pick<Run, 'specDigest' | 'sources'> {
  const sources = files.map(({ file, bytes }) => ({ file, text: new TextDecoder().decode(bytes) }));
  return {
    sources,
    specDigest: sha256(sources.map(({ file, text }) => `${sha256(text)} ${file}\n`).join('')),
  };
}
