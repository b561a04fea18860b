import type { Observed } from '../../core/history/observed.ts';
import { observeMaterial } from '../../core/run/observe-material.ts';
import type { ObservingParts } from './delivery-parts.ts';
import type { MeantOutputs } from './meant-outputs.ts';
import type { TargetOutput } from './read-outputs.ts';

/**
 * Returns the content of an output, for commands that only look. Verifies the certificates by the roots that proxies
 * trust now, which the revision in force records.
 */
export async function observeOutput(
  { ir, trust }: Pick<MeantOutputs, 'ir' | 'trust'>,
  { config, output }: TargetOutput,
  { reader, clock }: Pick<ObservingParts, 'reader' | 'clock'>,
): Promise<Observed> {
  const { name, environment, trustDomain } = ir;
  const observed = await output.observe(`${name}.${environment}.${config.name}`, []);
  const inForce = observed.current?.snapshot.trust?.bundles[trustDomain];
  const bundle = inForce ?? trust.bundles[trustDomain];
  return observeMaterial(output, observed, { reader, bundle, now: clock.now() });
}
