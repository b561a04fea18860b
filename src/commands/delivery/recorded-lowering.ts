import type { Delivery } from '../../core/apply/delivery.ts';
import { targets } from '../../core/targets/registry.ts';
import type { Target } from '../../core/targets/target.ts';
import { PortError } from '../../ports.ts';
import type { DirectoryTarget } from './directory-targets.ts';
import type { TrustBundles } from './trust-bundles.ts';

/** How a target compiles the meshes that lie between two recorded ones: on the terms that the spec has for it now. */
export async function recordedLowering(
  { name, platform, version, options }: DirectoryTarget,
  { bundles }: TrustBundles,
): Promise<Delivery['lower']> {
  const known = targets as Readonly<Partial<Record<string, () => Promise<{ readonly default: Target }>>>>;
  const load = known[platform];
  if (load === undefined) throw new PortError(`target ${name}: ${platform} cannot be compiled yet`, 3);
  const { default: target } = await load();
  const context = { version: version ?? target.versions.at(-1) ?? '', options, trust: bundles };
  return (ir) => target.lower(ir, context);
}
