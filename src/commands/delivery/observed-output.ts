import { type Observed, observe } from '../../core/plan/observe.ts';
import { observeMaterial } from '../../core/plan/observe-material.ts';
import type { ObservingParts } from './delivery-parts.ts';
import type { MeantOutputs } from './meant-outputs.ts';
import type { TargetOutput } from './outputs-of.ts';

/**
 * What an output holds, for commands that only look at it. Its certificates are verified by the roots that proxies
 * trust now, which the revision in force remembers.
 */
export async function observedOutput(
  { ir, trust }: Pick<MeantOutputs, 'ir' | 'trust'>,
  { config, directory }: TargetOutput,
  { reader, clock }: Pick<ObservingParts, 'reader' | 'clock'>,
): Promise<Observed> {
  const { name, environment, trustDomain } = ir;
  const seenAs = config.output.seenAs ?? directory.path;
  const observed = await observe(directory, `${name}.${environment}.${config.name}`, seenAs);
  const inForce = observed.current?.snapshot.trust?.bundles[trustDomain];
  const bundle = inForce ?? trust.bundles[trustDomain];
  return observeMaterial(directory, observed, { reader, bundle, now: clock.now() });
}
