import { diagnosticsJson } from '../ui/diagnostics-json.ts';
import type { Findings } from '../ui/findings/findings.ts';
import { findingsGithub } from '../ui/findings/github.ts';
import { findingsJunit } from '../ui/findings/junit.ts';
import { findingsMarkdown } from '../ui/findings/markdown.ts';
import { findingsNdjson } from '../ui/findings/ndjson.ts';
import { findingsSarif } from '../ui/findings/sarif.ts';
import type { Renderers } from './formats.ts';

/** Returns the formats of a command whose answer is findings; the text is its own. */
export function findingFormats(findings: Findings): Renderers {
  return {
    json: () => diagnosticsJson(findings),
    ndjson: () => findingsNdjson(findings),
    sarif: () => findingsSarif(findings),
    junit: () => findingsJunit(findings),
    github: () => findingsGithub(findings),
    markdown: () => findingsMarkdown(findings),
  };
}
