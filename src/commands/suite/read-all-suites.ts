import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { finding } from '../../core/diagnostics/message.ts';
import { sortDiagnostics } from '../../core/diagnostics/sort.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { SourceText } from '../../core/source/document.ts';
import { locationAt } from '../../core/source/span.ts';
import { messages } from '../../core/suite/messages.ts';
import { readSuites } from '../../core/suite/read-suites.ts';
import type { Suite } from '../../core/suite/suite.ts';
import type { SuiteSource } from './suite-sources.ts';

/** The suites of several files, with all findings about them. */
export interface AllSuites {
  readonly texts: readonly SourceText[];
  readonly suites: readonly Suite[];
  readonly findings: readonly Diagnostic[];
}

/** Reads suites; a file that the command line names has to hold one. */
export function readAllSuites(sources: readonly SuiteSource[], ir: Ir): AllSuites {
  const texts: SourceText[] = [];
  const suites: Suite[] = [];
  const findings: Diagnostic[] = [];
  for (const { isNamed, ...source } of sources) {
    const read = readSuites(source, ir);
    texts.push(read.text);
    suites.push(...read.suites);
    findings.push(...read.diagnostics);
    if (isNamed && read.suites.length === 0 && read.diagnostics.length === 0)
      findings.push(finding(messages, 'MESH2296', locationAt(read.text, 0), {}));
  }
  return { texts, suites, findings: sortDiagnostics(findings) };
}
