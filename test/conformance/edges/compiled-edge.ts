import { stringify } from 'yaml';
import { analyze } from '../../../src/core/analyze/analyze.ts';
import { link } from '../../../src/core/ir/link/link.ts';
import { loadSpec } from '../../../src/core/spec/load.ts';
import type { FileArtifact } from '../../../src/core/targets/artifact.ts';
import envoy from '../../../src/core/targets/envoy/index.ts';
import type { Files } from './fields.ts';

/** Returns the output of the target `envoy` for documents, or the codes of the errors by which they are refused. */
export function compiledFiles(
  files: Files,
): { readonly resources: readonly FileArtifact[] } | { readonly refused: readonly string[] } {
  const sources = [...files].map(([file, documents]) => ({
    file,
    bytes: Buffer.from(documents.map((document) => stringify(document)).join('---\n')),
  }));
  const loaded = loadSpec({ sources, unreadable: [] }, {});
  const linked = loaded.spec === undefined ? { diagnostics: [] } : link(loaded.spec);
  const ir = 'ir' in linked ? linked.ir : undefined;
  const found = [
    ...loaded.diagnostics,
    ...linked.diagnostics,
    ...(loaded.spec === undefined ? [] : analyze(loaded.spec, ir, '2026-06-15')),
  ].filter(({ severity }) => severity === 'error');
  if (ir === undefined || found.length > 0) return { refused: found.map(({ code }) => code) };
  const context = { version: envoy.versions.at(-1) ?? '', options: {} };
  const limits = envoy.limits?.(ir, context) ?? [];
  if (limits.length > 0) return { refused: limits.map(({ feature }) => feature) };
  return { resources: envoy.lower(ir, context).filter((artifact) => artifact.type === 'file') };
}
