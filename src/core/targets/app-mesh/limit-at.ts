import type { Feature } from '../../ir/feature.ts';
import type { Origin } from '../../location.ts';
import type { Limit } from '../target.ts';
import { capabilities } from './capabilities.ts';

/** Returns a limit at a place; the reason is that of the capability if there is no other one. */
export function limitAt(feature: Feature, origin: Origin, reason?: string): Limit {
  const capability = capabilities[feature];
  const known = capability !== 'full' && 'partial' in capability ? capability : { partial: '', callers: '' };
  return { feature, origin, reason: reason ?? known.partial, callers: known.callers };
}
