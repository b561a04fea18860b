import { cliDocs } from './generate-cli-docs.ts';
import { cookbookDocs } from './generate-cookbook-docs.ts';
import { diagnosticsDocs } from './generate-diagnostics-docs.ts';
import { languageDocs } from './generate-language-docs.ts';
import { targetsDocs } from './generate-targets-docs.ts';
import type { Schemas } from './schemas.ts';

/** Returns the generated pages of docs/, by path. This module imports generated sources: write those first. */
export async function docs(schemas: Schemas): Promise<Readonly<Record<string, string>>> {
  return {
    'docs/cli.md': cliDocs(),
    'docs/cookbook.md': cookbookDocs(),
    'docs/diagnostics.md': diagnosticsDocs(),
    'docs/language.md': languageDocs(schemas),
    'docs/targets.md': await targetsDocs(schemas),
  };
}
