import { own } from '../lib/own.ts';
import type { Capabilities, Target } from './target.ts';

/** Returns the capabilities of a target in the mode that its options choose. */
export function capabilitiesOf(
  { capabilities, modes }: Pick<Target, 'capabilities' | 'modes'>,
  { mode }: Readonly<Record<string, unknown>>,
): Capabilities {
  return (typeof mode === 'string' && modes ? own(modes, mode)?.capabilities : undefined) ?? capabilities;
}
