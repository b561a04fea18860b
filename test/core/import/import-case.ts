import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyze } from '../../../src/core/analyze/analyze.ts';
import type { Diagnostic } from '../../../src/core/diagnostics/diagnostic.ts';
import { formatSource } from '../../../src/core/format/format-source.ts';
import { type Imported, importMesh } from '../../../src/core/import/import-mesh.ts';
import kubernetes from '../../../src/core/import/kubernetes/index.ts';
import type { Reader } from '../../../src/core/import/reader.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { link } from '../../../src/core/ir/link/link.ts';
import type { Platform } from '../../../src/core/ir/target-config.ts';
import { loadSpec } from '../../../src/core/spec/load.ts';
import { targets } from '../../../src/core/targets/registry.ts';

/** The folder of the cases: PLATFORM/CASE/native holds native configuration, PLATFORM/CASE/mesh the expected documents. */
const importFixtures = fileURLToPath(new URL('../../../fixtures/import/', import.meta.url));

/** A case of a platform. */
export interface ImportCase {
  readonly platform: string;
  readonly name: string;
  readonly folder: string;
  /** Texts of the native files by name. */
  readonly native: Readonly<Record<string, string>>;
}

/** Returns all cases, or those of one platform. */
export function importCases(): readonly ImportCase[] {
  return readdirSync(importFixtures).flatMap((platform) =>
    readdirSync(path.join(importFixtures, platform)).map((name) => {
      const folder = path.join(importFixtures, platform, name);
      const files = readdirSync(path.join(folder, 'native'));
      const native = Object.fromEntries(
        files.map((file) => [file, readFileSync(path.join(folder, 'native', file), 'utf8')]),
      );
      return { platform, name, folder, native };
    }),
  );
}

/** Returns the reader of a platform. */
async function readerOf(platform: string): Promise<Reader> {
  if (platform === 'kubernetes') return kubernetes;
  const load = (await targets[platform as keyof typeof targets]()).default.reader;
  if (load === undefined) throw new Error(`the target ${platform} has no reader`);
  return (await load()).default;
}

/** Imports texts of native files. */
export async function importTexts(
  platform: string,
  native: Readonly<Record<string, string>>,
): Promise<Imported> {
  const sources = Object.entries(native).map(([file, text]) => ({
    file,
    bytes: new TextEncoder().encode(text),
  }));
  return importMesh(sources, await readerOf(platform), {
    meshName: 'imported',
    ...(platform === 'kubernetes' ? {} : { platform: platform as Platform }),
  });
}

/** Returns the errors of the written mesh, the linked mesh, and the files that `mesh fmt` would change. */
export function checkWritten({ files }: Imported): {
  readonly errors: readonly Diagnostic[];
  readonly ir: Ir | undefined;
  readonly unformatted: readonly string[];
} {
  const sources = files.map(({ file, text }) => ({ file, bytes: new TextEncoder().encode(text) }));
  const { spec, diagnostics } = loadSpec({ sources, unreadable: [] }, {});
  const linked = spec === undefined ? undefined : link(spec);
  const found = spec === undefined || linked?.ir === undefined ? [] : analyze(spec, linked.ir, '2030-01-01');
  return {
    errors: [...diagnostics, ...(linked?.diagnostics ?? []), ...found].filter(
      ({ severity }) => severity === 'error',
    ),
    ir: linked?.ir,
    unformatted: sources.filter((source) => formatSource(source).changed).map(({ file }) => file),
  };
}
