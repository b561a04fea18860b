import type { Code, Diagnostic } from './diagnostic.ts';
import { defineMessages, finding } from './message.ts';

/** The most findings of one code that one step keeps. */
export const mostFindings = 10_000;

export const messages = defineMessages({
  MESH1051: {
    severity: 'info',
    text: '{count} more findings {code} are not listed: the first {limit} are',
    explanation:
      'Of each kind of finding one step keeps ten thousand, each with its place, and counts the others, so that the findings of a generated spec do not fill the memory. Mend the listed ones; most of the others have the same cause.',
    insuppressible: true,
  },
});

/** Counts findings by code, keeps the first ten thousand of each, and says how many others there were. */
export function limitedFindings(): {
  /** Returns true if the finding is to be kept. */
  readonly takes: (diagnostic: Diagnostic) => boolean;
  /** Counts a finding that the caller doesn't make because enough findings of its code are kept. */
  readonly passOver: (code: Code) => void;
  /** Returns a remark for each code with dropped findings, at the place of the first dropped one. */
  readonly left: () => readonly Diagnostic[];
} {
  const counts = new Map<Code, { count: number; first?: Diagnostic }>();
  return {
    takes(diagnostic) {
      const known = counts.get(diagnostic.code) ?? { count: 0 };
      counts.set(diagnostic.code, known);
      known.count += 1;
      if (known.count <= mostFindings) return true;
      known.first ??= diagnostic;
      return false;
    },
    passOver(code) {
      const known = counts.get(code);
      if (known !== undefined) known.count += 1;
    },
    left: () =>
      [...counts].flatMap(([code, { count, first }]) =>
        first === undefined
          ? []
          : [
              finding(messages, 'MESH1051', first.location, {
                code,
                count: count - mostFindings,
                limit: mostFindings,
              }),
            ],
      ),
  };
}
