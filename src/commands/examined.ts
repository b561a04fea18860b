import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../core/diagnostics/sort.ts';
import { insideGitDirectory, type OutputFolder, outputFolders } from '../core/ir/link/output-places.ts';
import type { SourceText } from '../core/source/document.ts';
import type { SourceSet } from '../core/source/source.ts';
import { specTexts } from '../core/spec/load.ts';
import { type MeshSize, meshSize } from '../core/spec/mesh-size.ts';
import { suppress, unused } from '../core/suppress/suppress.ts';
import type { Suppressed } from '../core/suppress/suppressed.ts';
import type { Memory } from '../ports/memory.ts';
import type { SpecStore } from '../ports/spec-store.ts';
import { inputDigest } from './input-digest.ts';
import { isWorthKeeping, type LoadedMesh, specSources, understood } from './load-mesh.ts';
import type { MeshOptions } from './options.ts';
import { portability } from './portability.ts';

/** All findings in a mesh, for a command that only reads the mesh. */
export interface Examined {
  readonly sources: SourceSet;
  readonly texts: readonly SourceText[];
  /** Absent if an error makes the spec unusable. */
  readonly size?: MeshSize;
  /** Findings in effect, in order, with losses of targets and with comments that suppress no finding. */
  readonly all: readonly Diagnostic[];
  /** Findings that comments suppress, in order. */
  readonly suppressed: readonly Suppressed[];
}

interface Found extends Pick<Examined, 'size' | 'all' | 'suppressed'> {
  readonly folders: readonly OutputFolder[];
}

/**
 * Examines the spec of a store, or returns the findings of an earlier run on exactly the same input. Outputs for which
 * `isInGit` returns true are reported in each run, since they depend on folders beside the spec.
 */
export async function examined(
  store: SpecStore,
  options: MeshOptions,
  isInGit: (path: string) => boolean,
): Promise<Examined> {
  const sources = await specSources(store);
  const memory = isWorthKeeping(sources) ? store.memory : undefined;
  const key = memory && inputDigest(sources, options);
  const known = memory && key !== undefined ? recalled(memory, key) : undefined;
  if (known !== undefined)
    return { sources, texts: specTexts(sources, options.env), ...withPlaces(known, isInGit) };
  const mesh = understood(sources, memory, options);
  const found: Found = {
    ...(mesh.spec && { size: meshSize(mesh.spec) }),
    ...(await everything(mesh)),
    folders: mesh.spec === undefined ? [] : outputFolders(mesh.spec),
  };
  memory?.keep(name, new TextEncoder().encode(JSON.stringify({ key, found })));
  return { sources, texts: mesh.texts, ...withPlaces(found, isInGit) };
}

function withPlaces(
  { folders, ...found }: Found,
  isInGit: (path: string) => boolean,
): Omit<Found, 'folders'> {
  const inside = folders.filter(({ path }) => isInGit(path)).map(insideGitDirectory);
  return inside.length === 0 ? found : { ...found, all: sortDiagnostics([...found.all, ...inside]) };
}

async function everything(mesh: LoadedMesh): Promise<Pick<Examined, 'all' | 'suppressed'>> {
  const { suppressions } = mesh;
  const later = suppress(await portability(mesh), suppressions);
  const reported = [...mesh.diagnostics, ...later.reported];
  const suppressed = [...mesh.suppressed, ...later.suppressed];
  const found = [...reported, ...suppressed.map(({ diagnostic }) => diagnostic)];
  // In a mesh with errors, or for codes of deliveries, further findings may exist: a comment about them may be in use.
  const idle = mesh.ir === undefined ? [] : unused(found, suppressions, (code) => code < 'MESH4000');
  const order = sortDiagnostics(suppressed.map(({ diagnostic }) => diagnostic));
  const bySuppressed = new Map(suppressed.map((one) => [one.diagnostic, one]));
  return {
    all: sortDiagnostics([...reported, ...idle]),
    suppressed: order.flatMap((wanted) => bySuppressed.get(wanted) ?? []),
  };
}

const name = 'findings';

function recalled(memory: Memory, key: string): Found | undefined {
  const bytes = memory.recall(name);
  if (bytes === undefined) return undefined;
  const kept = JSON.parse(new TextDecoder().decode(bytes)) as { readonly key: string; readonly found: Found };
  return kept.key === key ? kept.found : undefined;
}
