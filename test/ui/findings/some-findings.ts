import type { Code, Diagnostic, Severity } from '../../../src/core/diagnostics/diagnostic.ts';
import { sourceText } from '../../../src/core/source/span.ts';
import type { Suppressed } from '../../../src/core/suppress/suppressed.ts';
import type { Findings } from '../../../src/ui/findings/findings.ts';

/** A Route with a rule on each line, for findings at any line. */
const routes = sourceText(
  'routes.yaml',
  `kind: Route
metadata: {name: reviews, namespace: shop}
spec:
  rules:
    - name: canary
      wieght: 1
    - wieght: 2
`,
);

/** Returns a finding about `routes` at a line; `code` has no other effect. */
export function at(line: number, severity: Severity = 'error', code: Code = 'MESH1100'): Diagnostic {
  const range = { start: { line, column: 7 }, end: { line, column: 13 } };
  return {
    code,
    severity,
    message: 'unknown field "wieght"',
    location: { file: 'routes.yaml', range },
    related: [],
  };
}

/** Returns a finding that a comment in line 1 suppresses. */
export function suppressedAt(line: number, reason = 'known to the team'): Suppressed {
  const position = { line: 1, column: 1 };
  return {
    diagnostic: at(line, 'warning', 'MESH2210'),
    reason,
    until: '2027-01-31',
    comment: { file: 'routes.yaml', range: { start: position, end: position } },
  };
}

/** Returns findings in the words of `validate`. */
export function findingsOf(reported: readonly Diagnostic[], changes: Partial<Findings> = {}): Findings {
  return {
    command: 'mesh validate',
    version: '1.2.3',
    headline: 'shop is not valid',
    valid: false,
    failOn: 'error',
    reported,
    suppressed: [],
    files: ['mesh.yaml', 'routes.yaml'],
    texts: [routes],
    prefix: '',
    ...changes,
  };
}
