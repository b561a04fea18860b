import { targets as registry } from '../src/core/targets/registry.ts';
import { cliDocs } from './generate-cli-docs.ts';
import { cookbookDocs } from './generate-cookbook-docs.ts';
import { diagnosticsDocs } from './generate-diagnostics-docs.ts';
import { languageDocs } from './generate-language-docs.ts';
import { targetPage } from './generate-target-page.ts';
import { targetsDocs } from './generate-targets-docs.ts';
import type { Schemas } from './schemas.ts';

/** Returns the generated pages of docs/, by path. This module imports generated sources: write those first. */
export async function docs(schemas: Schemas): Promise<Readonly<Record<string, string>>> {
  const targets = await Promise.all(Object.values(registry).map(async (load) => (await load()).default));
  return {
    'docs/cli.md': cliDocs(),
    'docs/cookbook.md': cookbookDocs(),
    'docs/diagnostics.md': diagnosticsDocs(),
    'docs/language.md': languageDocs(schemas),
    'docs/targets.md': targetsDocs(targets),
    ...Object.fromEntries(targets.map((target) => [`docs/targets/${target.name}.md`, targetPage(target)])),
  };
}
