import type { Code, Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { messages } from './messages.ts';
import type { Suppressed } from './suppressed.ts';
import type { Suppression } from './suppression.ts';

/** The findings in effect, and those that comments suppress. */
export interface Sorted {
  readonly reported: readonly Diagnostic[];
  readonly suppressed: readonly Suppressed[];
}

/**
 * Separates the findings that a comment suppresses; of several comments, the one that applies to the fewest lines
 * counts.
 */
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

/**
 * Returns a remark for each code of a comment that suppresses no finding, if the command looked for such codes
 * (`lookedFor`).
 */
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

/** The comments about one code in one file. */
interface Comments {
  /** The comments by the line that they apply to. */
  readonly lines: Map<number, Suppression>;
  /** Suppressions of whole documents; two of them never overlap. */
  readonly documents: Suppression[];
}

/** Returns a function that finds the comment for a finding, in logarithmic time. */
function finder(suppressions: readonly Suppression[]): (diagnostic: Diagnostic) => Suppression | undefined {
  const known = new Map<string, Comments>();
  const keyOf = (file: string, code: Code): string => `${code} ${file}`;
  for (const suppression of suppressions) {
    for (const { code } of suppression.codes) {
      const key = keyOf(suppression.location.file, code);
      const comments = known.get(key) ?? { lines: new Map<number, Suppression>(), documents: [] };
      known.set(key, comments);
      const [first, last] = suppression.lines;
      if (first !== last) comments.documents.push(suppression);
      else if (!comments.lines.has(first)) comments.lines.set(first, suppression);
    }
  }
  for (const { documents } of known.values()) documents.sort((a, b) => a.lines[0] - b.lines[0]);
  return ({ code, severity, location: { file, range } }) => {
    const comments = severity === 'error' ? undefined : known.get(keyOf(file, code));
    const { line } = range.start;
    return comments && (comments.lines.get(line) ?? aboutDocument(comments.documents, line));
  };
}

/** Returns the first comment for the document that contains a line. */
function aboutDocument(documents: readonly Suppression[], line: number): Suppression | undefined {
  let low = 0;
  let high = documents.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((documents[middle]?.lines[1] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  const found = documents[low];
  return found !== undefined && found.lines[0] <= line ? found : undefined;
}
