import type { Diagnostic, Severity } from '../../core/diagnostics/diagnostic.ts';
import { worstFirst } from '../../core/diagnostics/worst-first.ts';
import { githubAnnotation, githubNotice } from '../github-annotation.ts';
import { quantity } from '../quantity.ts';
import type { Findings } from './findings.ts';

/** The most annotations of each severity that GitHub keeps for a step; it drops the others without a word. */
const most = 10;

/**
 * Returns workflow commands of GitHub Actions that show findings beside their lines, then the answer in a sentence.
 * Each severity has at most ten findings, and a notice counts the others.
 */
export function findingsGithub(findings: Findings): string {
  const shown = (severity: Severity, number: number): readonly Diagnostic[] =>
    findings.reported.filter((one) => one.severity === severity).slice(0, number);
  const errors = shown('error', most);
  const warnings = shown('warning', most);
  const all = findings.reported.length;
  // The notice that counts further findings is itself one of the ten.
  const remarks = shown('info', most - 1);
  const left = all - errors.length - warnings.length - remarks.length;
  const lines = worstFirst([...errors, ...warnings, ...remarks]).map((one) =>
    annotation(one, findings.prefix),
  );
  if (left > 0) lines.push(githubNotice('mesh', more(left, findings.command)));
  return [...lines, findings.headline, ''].join('\n');
}

function more(left: number, command: string): string {
  return `and ${quantity(left, 'more finding')}: the log of '${command}' and its SARIF have them all`;
}

const kinds: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
};

function annotation({ code, severity, message, location, related }: Diagnostic, prefix: string): string {
  const says = [
    message,
    ...related.map((other) => {
      const { start: at } = other.location.range;
      const where = `${prefix}${other.location.file}:${String(at.line)}:${String(at.column)}`;
      return `see ${where}: ${other.message}`;
    }),
    `mesh explain ${code}`,
  ];
  return githubAnnotation(kinds[severity], { ...location, file: prefix + location.file }, code, says);
}
