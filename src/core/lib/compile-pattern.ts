import { RE2JS } from 're2js';
import { programSize } from './program-size.ts';
import { utf8Bytes } from './utf8-bytes.ts';

/**
 * The most instructions of a compiled regular expression. The least that a supported mesh gives a proxy; RE2 itself
 * compiles about 699,000 in the memory of a proxy, and takes seconds and gigabytes to run them here.
 */
export const largestProgram = 32_768;

/**
 * Compiles a regular expression of RE2 for values of `utf8Bytes`, since proxies match bytes. Throws for an expression that RE2
 * does not take, and before compiling a larger one.
 */
export function compilePattern(pattern: string): RE2JS {
  const size = programSize(pattern);
  if (size > largestProgram) throw new RangeError(`${String(size)} instructions are too many`);
  const bytes = utf8Bytes(pattern);
  // The error of a wrong expression quotes its text and not the bytes.
  if (bytes !== pattern) RE2JS.compile(pattern);
  return RE2JS.compile(bytes);
}
