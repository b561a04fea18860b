import type { Code, Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { messages } from './messages.ts';
import type { Suppressed } from './suppressed.ts';
import type { Suppression } from './suppression.ts';

/** Findings as they count, and those that comments take out of the count. */
export interface Sorted {
  readonly reported: readonly Diagnostic[];
  readonly suppressed: readonly Suppressed[];
}

/** Takes the findings out that a comment suppresses; of several comments the one about the fewest lines does. */
export function suppress(diagnostics: readonly Diagnostic[], suppressions: readonly Suppression[]): Sorted {
  const find = finder(suppressions);
  const reported: Diagnostic[] = [];
  const suppressed: Suppressed[] = [];
  for (const diagnostic of diagnostics) {
    const by = find(diagnostic);
    if (by === undefined) reported.push(diagnostic);
    else {
      const { reason, until, location: comment } = by;
      suppressed.push({ diagnostic, reason, ...(until !== undefined && { until }), comment });
    }
  }
  return { reported, suppressed };
}

/** A remark for each code that a comment names and that none of the findings has, as far as such codes were `lookedFor`. */
export function unused(
  diagnostics: readonly Diagnostic[],
  suppressions: readonly Suppression[],
  lookedFor: (code: Code) => boolean,
): readonly Diagnostic[] {
  const find = finder(suppressions);
  const used = new Set(diagnostics.map((diagnostic) => key(find(diagnostic), diagnostic.code)));
  return suppressions.flatMap((suppression) =>
    suppression.codes
      .filter(({ code }) => lookedFor(code) && !used.has(key(suppression, code)))
      .map(({ code, location }) => finding(messages, 'MESH1204', location, { code })),
  );
}

function key(suppression: Suppression | undefined, code: Code): string {
  const { file, range } = suppression?.location ?? {};
  return JSON.stringify([file, range?.start.line, code]);
}

function finder(suppressions: readonly Suppression[]): (diagnostic: Diagnostic) => Suppression | undefined {
  const byFile = Map.groupBy(narrowestFirst(suppressions), ({ location }) => location.file);
  return ({ code, severity, location: { file, range } }) => {
    if (severity === 'error') return undefined;
    const { line } = range.start;
    return byFile
      .get(file)
      ?.find(
        ({ codes, lines: [first, last] }) =>
          first <= line && line <= last && codes.some((one) => one.code === code),
      );
  };
}

function narrowestFirst(suppressions: readonly Suppression[]): readonly Suppression[] {
  const size = ({ lines: [first, last] }: Suppression): number => last - first;
  return [...suppressions].sort((a, b) => size(a) - size(b));
}
