import type { Code, Diagnostic, Severity } from '../../core/diagnostics/diagnostic.ts';
import { worstFirst } from '../../core/diagnostics/worst-first.ts';
import { catalog } from '../../core/message-catalog.ts';
import { jsonText } from '../json-text.ts';
import { quantity } from '../quantity.ts';
import type { Findings } from './findings.ts';
import { type Fingerprinted, fingerprints } from './fingerprints.ts';
import { sarifResult } from './sarif-result.ts';

/** The most results of one run that GitHub accepts. */
const mostResults = 25_000;

/**
 * Returns findings as SARIF 2.1.0. Rules are the codes that occur, with their explanation as help. Results are matched
 * between runs by object and field, not by line. Suppressed findings are included and marked.
 */
export function findingsSarif(findings: Findings): string {
  const { reported, suppressed, texts, version } = findings;
  const all = [...reported, ...suppressed.map(({ diagnostic }) => diagnostic)];
  const known = new Map(fingerprints(all, texts).map((one) => [one.diagnostic, one]));
  const shown = [...worstFirst(reported), ...suppressed.map(({ diagnostic }) => diagnostic)].slice(
    0,
    mostResults,
  );
  const codes = [...new Set(shown.map(({ code }) => code))].sort();
  const comments = new Map(suppressed.map((one) => [one.diagnostic, one]));
  const left = all.length - shown.length;
  return jsonText({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'meshwright', semanticVersion: version, rules: codes.map(rule) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'the top of the repository' } } },
        invocations: [
          { executionSuccessful: true, ...(left > 0 && { toolExecutionNotifications: [more(left)] }) },
        ],
        results: shown.map((diagnostic) =>
          sarifResult(known.get(diagnostic) ?? unknown(diagnostic), {
            ruleIndex: codes.indexOf(diagnostic.code),
            level: levels[diagnostic.severity],
            suppression: comments.get(diagnostic),
            prefix: findings.prefix,
          }),
        ),
      },
    ],
  });
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

function rule(code: Code): object {
  const message = catalog.get(code);
  if (message === undefined) return { id: code };
  const { severity, text, explanation } = message;
  const says = text.replace(/\{(\w+)\}/g, '<$1>').trim();
  return {
    id: code,
    shortDescription: { text: says },
    fullDescription: { text: explanation },
    help: { text: `${explanation}\n\nmesh explain ${code}` },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      'problem.severity': { error: 'error', warning: 'warning', info: 'recommendation' }[severity],
    },
  };
}

function unknown(diagnostic: Diagnostic): Fingerprinted {
  throw new Error(`${diagnostic.code} has no fingerprint`);
}

function more(left: number): object {
  return { level: 'warning', message: { text: `${quantity(left, 'more finding')} left out` } };
}
