import type { Json } from '../../artifact.ts';
import type { Guarded } from './guarded.ts';

/** The part of a policy's spec that says whom it guards. */
export function target({ labels }: Guarded): { readonly [key: string]: Json } {
  return { selector: { matchLabels: labels } };
}
