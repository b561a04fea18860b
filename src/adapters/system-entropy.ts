import { randomBytes } from 'node:crypto';
import type { Entropy } from '../ports/entropy.ts';

/** Random bytes of the operating system. */
export const systemEntropy: Entropy = { bytes: (count) => randomBytes(count) };
