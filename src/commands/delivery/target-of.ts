import { exit } from '../../core/exit-code.ts';
import type { TargetConfig } from '../../core/ir/target-config.ts';
import { targets } from '../../core/targets/registry.ts';
import type { Target } from '../../core/targets/target.ts';
import { PortError } from '../../ports/port-error.ts';

/** Loads the target of a platform that was delivered to. Throws PortError(3) if this `mesh` has no such target. */
export async function targetOf({ name, platform }: Pick<TargetConfig, 'name' | 'platform'>): Promise<Target> {
  const known = targets as Readonly<Partial<Record<string, () => Promise<{ readonly default: Target }>>>>;
  const load = known[platform];
  if (load === undefined)
    throw new PortError(`target ${name}: ${platform} cannot be compiled yet`, exit.findings);
  return (await load()).default;
}
