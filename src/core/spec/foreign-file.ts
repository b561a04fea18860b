import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import type { ParsedSource } from '../source/parse.ts';
import { meshFile } from '../source/spec-files.ts';
import { messages } from './load-messages.ts';

/** Codes of files that are no YAML: bytes, characters and syntax. */
const notYaml = /^MESH10(?:0\d|1\d)$/;

/** Kinds that only the mesh language has among the usual languages of YAML files. */
const ownKinds = /^kind:[ \t]+(?:Mesh|Access|Authentication|External|Guardrail|Profile)\b/m;

/**
 * Returns the finding that replaces the errors of a file that is no YAML and has no document of the mesh language, such as
 * a template of a Helm chart. Returns undefined for any other file.
 */
export function foreignFile({ text, documents, diagnostics }: ParsedSource): Diagnostic | undefined {
  const [first] = diagnostics;
  if (first === undefined || documents.length > 0 || text.file === meshFile) return undefined;
  if (!diagnostics.every(({ code }) => notYaml.test(code))) return undefined;
  const isTemplate = text.text.includes('{{');
  // A file that was meant for the mesh stays an error: without its document the spec would have another meaning.
  if (/mesh\/v/.test(text.text) || (!isTemplate && ownKinds.test(text.text))) return undefined;
  const why = isTemplate ? 'holds {{, as a template does' : 'is no YAML';
  return finding(messages, 'MESH2410', first.location, { why });
}
