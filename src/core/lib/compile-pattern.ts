import { RE2JS } from 're2js';
import { programSize } from './program-size.ts';
import { utf8Bytes } from './utf8-bytes.ts';

/**
 * The most instructions of a compiled regular expression: the smallest limit of the supported meshes. RE2 itself
 * compiles about 699,000 in a proxy's memory; in RE2JS they would take seconds and gigabytes.
 */
export const largestProgram = 32_768;

/**
 * Compiles a regular expression of RE2 for values of `utf8Bytes`, since proxies match bytes. Throws if RE2 rejects the
 * expression; throws before compiling if the expression is larger than `largestProgram`.
 */
export function compilePattern(pattern: string): RE2JS {
  const size = programSize(pattern);
  if (size > largestProgram) throw new RangeError(`${String(size)} instructions are too many`);
  const bytes = utf8Bytes(pattern);
  // Compile the text first: its error quotes the text and not the bytes.
  if (bytes !== pattern) RE2JS.compile(pattern);
  return RE2JS.compile(bytes);
}
