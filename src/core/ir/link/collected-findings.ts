import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { limitedFindings, mostFindings } from '../../diagnostics/limited-findings.ts';
import type { Report } from '../../diagnostics/message.ts';
import { formatOrigin, originOf } from '../../location.ts';

/**
 * Returns a receiver of findings and the received findings. Each finding is kept once, since rules are linked for each
 * port. Findings with one cause become one finding: its message counts the places, and its related places list all
 * places but the first.
 */
export function collectedFindings(): {
  readonly report: Report;
  readonly diagnostics: () => readonly Diagnostic[];
} {
  const found = new Map<string, Map<string, Diagnostic>>();
  const limited = limitedFindings();
  return {
    report(diagnostic) {
      const { code, cause, message } = diagnostic;
      const place = formatOrigin(originOf(diagnostic.location));
      const key = cause === undefined ? `${place} ${code} ${message}` : `${code} ${cause}`;
      const known = found.get(key);
      if (known !== undefined && (known.has(place) || known.size >= mostFindings)) return;
      if (known !== undefined) known.set(place, diagnostic);
      else if (limited.takes(diagnostic)) found.set(key, new Map([[place, diagnostic]]));
    },
    diagnostics: () => [...[...found.values()].flatMap(ofOneCause), ...limited.left()].sort(byPlace),
  };
}

function ofOneCause(findings: ReadonlyMap<string, Diagnostic>): readonly Diagnostic[] {
  const [first, ...others] = [...findings.values()].sort(byPlace);
  if (first === undefined || others.length === 0) return first === undefined ? [] : [first];
  const { fix, ...rest } = first;
  const fixes = [first, ...others].flatMap((finding) => finding.fix?.edits ?? []);
  const areAllFixed = others.every((finding) => finding.fix !== undefined);
  return [
    {
      ...rest,
      message: `${first.message} (in ${String(others.length + 1)} places)`,
      related: [...first.related, ...others.map(({ location }) => ({ location, message: 'here, too' }))],
      ...(fix !== undefined && areAllFixed && { fix: { title: fix.title, edits: fixes } }),
    },
  ];
}

function byPlace(one: Diagnostic, other: Diagnostic): number {
  if (one.location.file !== other.location.file) return one.location.file < other.location.file ? -1 : 1;
  const [a, b] = [one.location.range.start, other.location.range.start];
  if (a.line !== b.line || a.column !== b.column) return a.line - b.line || a.column - b.column;
  if (one.code !== other.code) return one.code < other.code ? -1 : 1;
  return one.message < other.message ? -1 : 1;
}
