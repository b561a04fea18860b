import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { closest } from '../lib/closest.ts';
import type { ParsedDocument } from '../source/construct.ts';
import type { SourceText } from '../source/document.ts';
import { locate } from '../source/locate.ts';
import { parseSource } from '../source/parse.ts';
import type { Source } from '../source/source.ts';
import { shown } from '../spec/describe-value.ts';
import { suiteGroup } from '../spec/recognise.ts';
import { replacement } from '../spec/replacement.ts';
import { schemaDiagnostics } from '../spec/schema-diagnostics.ts';
import type { SuiteDocument } from '../spec/types.gen.ts';
import { suiteValidators } from '../spec/validate.gen.ts';
import { messages } from './messages.ts';

/** The version of the language of tests. */
export const suiteVersion = 'mesh.test/v1';

/** The suites of a file, as far as their form is right. */
export interface SuiteFile {
  readonly text: SourceText;
  readonly documents: readonly SuiteDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Returns true if a file may hold a suite, without reading the file as YAML. A suite with a mistake in its apiVersion
 * counts, so that the mistake gets a finding.
 */
export function mayHoldSuite({ bytes }: Source): boolean {
  const text = new TextDecoder('latin1').decode(bytes);
  if (text.includes('mesh.test')) return true;
  return (
    /\bkind["']?\s*:\s*["']?Suite\b/.test(text) &&
    (/\bapiVersion["']?\s*:\s*["']?mesh/i.test(text) || !text.includes('apiVersion'))
  );
}

/** Reads the suites of a file and checks them against the schema; documents of other languages are skipped. */
export function suiteDocuments(source: Source): SuiteFile {
  const { text, documents, diagnostics } = parseSource(source);
  const found: Diagnostic[] = [...diagnostics];
  const suites: SuiteDocument[] = [];
  for (const document of documents) {
    const problems = problemsOf(document);
    if (problems === undefined) continue;
    found.push(...problems);
    if (problems.length === 0) suites.push(document.value as SuiteDocument);
  }
  return { text, documents: suites, diagnostics: found };
}

/** Returns the findings about a document; undefined if the document is no suite. */
function problemsOf({ value, diagnostics, isWhole }: ParsedDocument): readonly Diagnostic[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { apiVersion, kind } = value as Readonly<Record<string, unknown>>;
  if (!isMeantAsSuite(value as Readonly<Record<string, unknown>>)) return undefined;
  if (apiVersion !== undefined && apiVersion !== suiteVersion) {
    const location = locate(value, 'apiVersion');
    const values = { found: shown(apiVersion) };
    return [finding(messages, 'MESH2290', location, values, replacement(location, suiteVersion))];
  }
  if (kind !== 'Suite' && kind !== undefined) {
    const location = locate(value, 'kind');
    return [finding(messages, 'MESH2291', location, { found: shown(kind) }, replacement(location, 'Suite'))];
  }
  if (!isWhole || suiteValidators.Suite(value)) return diagnostics;
  return [...diagnostics, ...schemaDiagnostics(value, suiteValidators.Suite.errors ?? [])];
}

/** Returns true if a document is a suite, or one with a mistake in its apiVersion. */
function isMeantAsSuite({ apiVersion, kind, spec }: Readonly<Record<string, unknown>>): boolean {
  if (apiVersion === undefined)
    return kind === 'Suite' && typeof spec === 'object' && spec !== null && 'tests' in spec;
  if (typeof apiVersion !== 'string') return false;
  if (apiVersion.startsWith(suiteGroup)) return true;
  const [group = ''] = apiVersion.toLowerCase().split('/', 1);
  return kind === 'Suite' && closest(group, ['mesh', 'mesh.test']) !== undefined;
}
