import type { Delivery } from '../../core/apply/delivery.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { sha256 } from '../../core/lib/sha256.ts';
import { observe } from '../../core/plan/observe.ts';
import { planTarget } from '../../core/plan/plan-target.ts';
import type { Revision } from '../../core/plan/revision.ts';
import type { Artifact } from '../../core/targets/artifact.ts';
import { targets } from '../../core/targets/registry.ts';
import type { Directory } from '../../ports.ts';
import type { DirectoryTarget } from './delivered-targets.ts';
import type { ObservingParts } from './delivery-parts.ts';
import type { TrustBundles } from './trust-bundles.ts';

/** A target with what it is to become: compiled now, or recorded before. */
export interface Wanted {
  readonly config: DirectoryTarget;
  readonly directory: Directory;
  readonly next: Revision;
}

/** A planned target for which no certificate was issued yet. */
export type PlannedDelivery = Omit<Delivery, 'materials'> & { readonly config: DirectoryTarget };

/** How a target compiles a mesh, on the terms of the spec: its version, its options, the trust that is known. */
export async function loweringOf(
  { name, platform, version, options }: DirectoryTarget,
  { bundles }: TrustBundles,
): Promise<{ readonly lower: (ir: Ir) => readonly Artifact[]; readonly revision: (ir: Ir) => Revision }> {
  const { default: target } = await targets[platform as keyof typeof targets]();
  const context = { version: version ?? target.versions.at(-1) ?? '', options, trust: bundles };
  const lower = (ir: Ir): readonly Artifact[] => target.lower(ir, context);
  const about = { target: name, platform, loss: [] };
  return { lower, revision: (ir) => ({ ir, artifacts: lower(ir), proxies: target.proxies?.(ir) ?? [], about }) };
}

/** Looks at the output of each target and plans what it takes to get it there; nothing is written. */
export async function plannedDeliveries(
  mesh: { readonly name: string; readonly environment: string },
  wanted: readonly Wanted[],
  trust: TrustBundles,
  { clock }: Pick<ObservingParts, 'clock'>,
): Promise<readonly PlannedDelivery[]> {
  const roots = trust.trust && sha256(trust.trust.roots.map(({ certificate }) => certificate).join('\n'));
  const planned: PlannedDelivery[] = [];
  for (const { config, directory, next } of wanted) {
    const seenAs = config.output.seenAs ?? directory.path;
    const observed = await observe(directory, inventoryOf(mesh, config), seenAs);
    const plan = planTarget(observed, next, clock.now(), roots);
    const { lower } = await loweringOf(config, trust);
    planned.push({
      config,
      name: config.name,
      directory,
      seenAs,
      observed,
      next,
      plan,
      lower,
      ...(roots && { roots }),
    });
  }
  return planned;
}

/** `<mesh>.<environment>.<target>` (cli.md). */
export function inventoryOf(
  mesh: { readonly name: string; readonly environment: string },
  { name }: { readonly name: string },
): string {
  return `${mesh.name}.${mesh.environment}.${name}`;
}
