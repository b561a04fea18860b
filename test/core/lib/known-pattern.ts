import type { RE2JS } from 're2js';
import { compilePattern } from '../../../src/core/lib/compile-pattern.ts';

const patterns = new Map<string, RE2JS>();

/** Returns the compiled expression; a model of a proxy that answers thousands of requests compiles each expression once. */
export function knownPattern(pattern: string): RE2JS {
  const known = patterns.get(pattern) ?? compilePattern(pattern);
  patterns.set(pattern, known);
  return known;
}
