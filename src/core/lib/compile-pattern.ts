import { RE2JS } from 're2js';
import { programSize } from './program-size.ts';

/**
 * The most instructions of a compiled regular expression. Istio's sidecars refuse more; RE2 itself, with the memory that
 * Envoy gives it, compiles about 699,000 and takes seconds and gigabytes to run them here.
 */
export const largestProgram = 32_768;

/** Compiles a regular expression of RE2. Throws for one that RE2 does not take, and before compiling a larger one. */
export function compilePattern(pattern: string): RE2JS {
  const size = programSize(pattern);
  if (size > largestProgram) throw new RangeError(`${String(size)} instructions are too many`);
  return RE2JS.compile(pattern);
}
