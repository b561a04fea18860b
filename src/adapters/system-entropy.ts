import { randomBytes } from 'node:crypto';
import type { Entropy } from '../ports/entropy.ts';

/** Chance as the operating system has it. */
export const systemEntropy: Entropy = { bytes: (count) => randomBytes(count) };
