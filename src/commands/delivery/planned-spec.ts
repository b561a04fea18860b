import type { Run } from '../../core/apply/delivery.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { sha256 } from '../../core/lib/sha256.ts';
import { assemblePlan } from '../../core/plan/assemble-plan.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { OpenedStore } from '../../ports.ts';
import type { Invocation } from '../../program.ts';
import { diagnosticsText } from '../../ui/diagnostics-text.ts';
import { palette } from '../../ui/palette.ts';
import { linkedMesh } from '../linked-mesh.ts';
import { meshOptions, values } from '../options.ts';
import { deliveredTargets } from './delivered-targets.ts';
import type { ObservingParts } from './delivery-parts.ts';
import { loweringOf, type PlannedDelivery, plannedDeliveries } from './planned-deliveries.ts';
import { type TrustBundles, trustBundles } from './trust-bundles.ts';

/** What the spec asks for, beside what is there. */
export interface PlannedSpec {
  readonly ir: Ir;
  readonly opened: OpenedStore;
  readonly trust: TrustBundles;
  readonly deliveries: readonly PlannedDelivery[];
  readonly plan: Plan;
  /** What history records of the spec. */
  readonly origin: Pick<Run, 'commit' | 'dirty' | 'specDigest' | 'sources'>;
}

const findings = 3;

/** Loads the spec, compiles the targets that are meant and plans them; an exit code where that is not possible. */
export async function plannedSpec(
  invocation: Invocation,
  parts: ObservingParts,
): Promise<PlannedSpec | { readonly exitCode: number }> {
  const { console } = parts;
  const opened = await parts.openSpecStore(meshOptions(invocation));
  const { mesh, ir, exitCode } = await linkedMesh(opened.store, invocation, console);
  if (!ir) return { exitCode };
  const { chosen, diagnostics } = deliveredTargets(ir.targets, values(invocation, 'target'));
  if (diagnostics.length > 0) {
    console.error(diagnosticsText(diagnostics, mesh.texts, palette(console.errorColour), console.columns));
    return { exitCode: findings };
  }
  const trust = await trustBundles(opened.store, ir);
  const wanted = await Promise.all(
    chosen.map(async (config) => {
      const directory = await parts.outputDirectory(opened.root, config.output.path);
      return { config, directory, next: (await loweringOf(config, trust)).revision(ir) };
    }),
  );
  const deliveries = await plannedDeliveries(ir, wanted, trust, parts);
  const commit = await opened.store.commit();
  const head = { ...(commit && { commit: commit.id, dirty: commit.dirty }) };
  const sources = mesh.sources.sources.map(({ file, bytes }) => ({
    file,
    text: new TextDecoder().decode(bytes),
  }));
  const specDigest = sha256(sources.map(({ file, text }) => `${sha256(text)} ${file}\n`).join(''));
  return {
    ir,
    opened,
    trust,
    deliveries,
    plan: assemblePlan(deliveries, parts.tool, head),
    origin: { ...head, specDigest, sources },
  };
}
