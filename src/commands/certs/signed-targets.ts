import type { Ir } from '../../core/ir/ir.ts';
import { targetOf } from '../delivery/target-of.ts';

/** Returns the names of the targets for which this tool signs, sorted: a delegate signs for the others. */
export async function signedTargets({ targets, certificates }: Ir): Promise<readonly string[]> {
  const names = Object.keys(targets).sort();
  if (certificates.delegate === 'none') return names;
  const signed = await Promise.all(
    Object.values(targets).map(async (config) => {
      const target = await targetOf(config);
      return target.delegation === undefined ? [config.name] : [];
    }),
  );
  return signed.flat().sort();
}
