import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import { largestProgram } from '../../lib/compile-pattern.ts';
import { programSize } from '../../lib/program-size.ts';
import type { Spec } from '../../spec/spec.ts';
import { bytePattern } from './byte-pattern.ts';
import { locationOf } from './spec-place.ts';
import { writtenPaths, writtenValues } from './written-matches.ts';

/** The most instructions of all distinct expressions of a mesh together: enough for forty thousand of usual length. */
const mostInstructions = 2_000_000;

export const messages = defineMessages({
  MESH2260: {
    severity: 'error',
    text: 'the regular expression compiles to {size} instructions, and {limit} is the most that a proxy takes',
    explanation:
      'Proxies refuse expressions whose program is larger than 32768 instructions. A counted repetition such as `{0,1000}` repeats the instructions of what stands before it, and nested ones multiply. Use `*` or `+` instead of a large count, bound the length elsewhere, or split the expression into several matches.',
  },
  MESH2261: {
    severity: 'error',
    text: 'the regular expressions of the mesh compile to more than {limit} instructions in all; this one goes beyond',
    explanation:
      'All different expressions of a mesh together may have two million instructions; the same expression in several places counts once. Write `prefix` or `exact` where they are enough, use `*` instead of large counts, or split the mesh.',
  },
});

/**
 * Reports regular expressions that are too large to compile, alone or together. Returns true if all may be compiled.
 */
export function patternsAreSmall(spec: Spec, report: Report): boolean {
  const counted = new Set<string>();
  let total = 0;
  let areSmall = true;
  for (const container of writtenPatterns(spec)) {
    const { regex } = container;
    if (regex === undefined || counted.has(regex)) continue;
    const size = programSize(proxied(regex));
    const location = locationOf({ container, key: 'regex' });
    if (size > largestProgram) {
      areSmall = false;
      report(finding(messages, 'MESH2260', location, { size, limit: largestProgram }));
      continue;
    }
    counted.add(regex);
    total += size;
    if (total <= mostInstructions) continue;
    report(finding(messages, 'MESH2261', location, { limit: mostInstructions }));
    return false;
  }
  return areSmall;
}

/** Returns the pattern that a proxy gets. Another check reports a pattern that can't be converted to bytes. */
function proxied(regex: string): string {
  const written = bytePattern(regex);
  return 'pattern' in written ? written.pattern : regex;
}

function* writtenPatterns(spec: Spec): Iterable<{ readonly regex?: string }> {
  yield* writtenPaths(spec);
  yield* writtenValues(spec);
}
