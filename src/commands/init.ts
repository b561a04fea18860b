import path from 'node:path';
import schema from '../../schemas/editor.json' with { type: 'json' };
import type { Invocation, Options } from '../command-table/invocation.ts';
import { sortDiagnostics } from '../core/diagnostics/sort.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { editorSchemaFile } from '../core/init/editor-schema-file.ts';
import { withIgnoredLines } from '../core/init/ignored-lines.ts';
import { missingDocuments } from '../core/init/missing-documents.ts';
import { projectFiles } from '../core/init/project-files.ts';
import { renewalFiles } from '../core/init/renewal-files.ts';
import { meshName, type StarterPlatform, starterDocuments } from '../core/init/starter-documents.ts';
import { starterSuite, starterSuiteFile } from '../core/init/starter-suite.ts';
import { meshSize } from '../core/spec/mesh-size.ts';
import { mayHoldSuite } from '../core/suite/suite-documents.ts';
import { suppress } from '../core/suppress/suppress.ts';
import { UsageError } from '../core/usage-error.ts';
import type { NativeFolder } from '../ports/native-folder.ts';
import { PortError } from '../ports/port-error.ts';
import type { OpenSpecStore } from '../ports/spec-store.ts';
import { counts } from '../ui/diagnostics-json.ts';
import { initText, type LeftFile } from '../ui/init-text.ts';
import { type Answering, answer, wantedFormats } from './formats.ts';
import { nativeMesh, writeImported } from './init-from.ts';
import { fails, showFindings } from './linked-mesh.ts';
import { type LoadedMesh, loadMesh } from './load-mesh.ts';
import { type MeshCall, meshOptions } from './options.ts';
import { portability } from './portability.ts';
import { withStore } from './with-store.ts';

/** The parts of the world that the command uses. */
export interface InitParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
  readonly workingDirectory: string;
  /** Version of this tool. */
  readonly version: string;
  /** Reads a file of a folder as text; undefined if there is none. */
  readonly readFile: (root: string, file: string) => Promise<string | undefined>;
  readonly pathExists: (file: string) => Promise<boolean>;
  /** Returns the path from the top of the Git repository to a folder in it, with a final slash; empty at the top. */
  readonly prefixOf: (folder: string) => Promise<string>;
  /** Throws if a file below a folder can't be written because of what is there. */
  readonly refuseUnwritable: (root: string, file: string) => Promise<void>;
  /** Reads native configuration, for `--from`. */
  readonly nativeFolder: NativeFolder;
  /** Writes a file below a folder, whole or not at all. */
  readonly writeFile: (root: string, file: string, text: string) => Promise<void>;
}

/**
 * `mesh init`: writes the missing files of a mesh repository and overwrites none; then validates the mesh. With `--from`, the
 * documents are those of native configuration, and a file of theirs that is there already is an error.
 */
export async function init(invocation: Invocation<'init'>, parts: InitParts): Promise<ExitCode> {
  wantedFormats(invocation);
  const { revision, staged, repo } = meshOptions(invocation);
  if (revision !== undefined || staged || repo !== undefined)
    throw new UsageError('init writes files, so it needs the working tree');
  const root = path.resolve(parts.workingDirectory, invocation.root ?? '.');
  if (invocation.root === undefined) await refuseNested(root, parts);
  const native = await nativeMesh(root, invocation, parts);
  await refuseObstacles(root, invocation, parts);
  const done: string[] = [];
  const noting = notingWrites(root, done, parts);
  const writes = async () => {
    const documents =
      native === undefined
        ? await writeStarters(root, invocation, noting)
        : await writeImported(root, native, noting);
    const companions = await writeCompanions(root, invocation, noting);
    return { documents: [...documents, ...companions], checks: await writeChecks(root, invocation, noting) };
  };
  const { documents, checks } = await writes().catch((error: unknown): never => {
    if (!(error instanceof PortError) || done.length === 0) throw error;
    const message = `${error.message}; these files were written before: ${done.join(', ')}`;
    throw new PortError(message, error.exitCode, { cause: error });
  });
  const written = [...documents, ...checks.written];
  const mesh = await loaded(root, invocation, parts);
  const { reported } = suppress(await portability(mesh), mesh.suppressions);
  const found = sortDiagnostics([...mesh.diagnostics, ...reported]);
  const valid = !fails(found, invocation);
  const unread = (native?.native ?? []).filter((one) => fails([one], invocation)).length;
  const begun = {
    valid,
    ...(mesh.spec && { spec: mesh.spec, size: meshSize(mesh.spec) }),
    counts: counts(found),
    elsewhere: 0,
    ...(native && { native: { ...native, failing: unread } }),
  };
  await answer(
    invocation,
    { text: (colours, columns) => initText(written, begun, checks.left, colours, columns) },
    parts,
  );
  if (native) showFindings(native.native, native.imported.texts, invocation, parts.console);
  showFindings(found, mesh.texts, invocation, parts.console);
  return valid && unread === 0 ? exit.success : exit.findings;
}

/**
 * Throws UsageError if a folder without a mesh is part of another mesh: a mesh of its own would silently take its files
 * out of that mesh.
 */
async function refuseNested(root: string, { openSpecStore, pathExists }: InitParts): Promise<void> {
  const found = await outerMesh(openSpecStore);
  if (found === undefined) return;
  // A repository of its own is no part of a mesh around it.
  for (let folder = root; folder !== found; folder = path.dirname(folder))
    if (await pathExists(path.join(folder, '.git'))) return;
  if (found === root) return;
  const outer = path.relative(root, found);
  throw new UsageError(
    `this folder is part of the mesh in ${outer}/mesh.yaml: mesh init --root ${outer} completes that mesh; mesh init --root . makes this folder a mesh of its own, and takes its files out of the other`,
  );
}

/** Returns the folder of the nearest mesh.yaml upwards from here; undefined if there is none. */
async function outerMesh(openSpecStore: OpenSpecStore): Promise<string | undefined> {
  try {
    return await withStore(openSpecStore, {}, ({ root }) => Promise.resolve(root));
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** Returns the parts with each written file added to `done`. */
function notingWrites(root: string, done: string[], parts: InitParts): InitParts {
  return {
    ...parts,
    writeFile: async (folder, file, text) => {
      await parts.writeFile(folder, file, text);
      done.push(path.relative(root, path.join(folder, file)));
    },
  };
}

/** Throws if a file can't be written, or if the mesh lies in a file of another name: before the first write. */
async function refuseObstacles(root: string, call: InitOptions, parts: InitParts): Promise<void> {
  const { readFile, refuseUnwritable } = parts;
  const own = [
    'mesh.yaml',
    ...(call.from === undefined
      ? starterDocuments('mesh', starterPlatform(call)).map(({ file }) => file)
      : []),
    starterSuiteFile,
    editorSchemaFile,
    '.gitignore',
  ];
  for (const file of own) await refuseUnwritable(root, file);
  const { top, files } = await checkFiles(root, call, parts, true);
  for (const { file } of files) await refuseUnwritable(top, file);
  if ((await readFile(root, 'mesh.yaml')) !== undefined) return;
  for (const name of ['mesh.yml', 'Mesh.yaml', 'Mesh.yml']) {
    const text = await readFile(root, name);
    if (text === undefined || !/^kind: *["']?Mesh\b/m.test(text)) continue;
    throw new UsageError(
      `the mesh is in ${name}, which is not read: rename ${name} to mesh.yaml, then run mesh init`,
    );
  }
}

type InitOptions = Options<'platform' | 'from' | 'rollouts' | 'timer'>;

/** Returns the files of checks, rollouts and renewals, relative to the top of the Git repository. */
async function checkFiles(
  root: string,
  { rollouts, timer }: InitOptions,
  { prefixOf, version }: InitParts,
  hasSuites: boolean,
) {
  const prefix = await prefixOf(root);
  const up = '../'.repeat(prefix.split('/').length - 1);
  const name = meshName(path.basename(root));
  const renewal = timer === undefined ? [] : renewalFiles(timer, name, version, prefix);
  const files = [...projectFiles(version, prefix, rollouts, hasSuites), ...renewal];
  return { prefix, up, top: path.resolve(root, up), files };
}

/** Writes the missing documents of the first mesh and returns their files. */
async function writeStarters(
  root: string,
  call: MeshCall & Options<'platform'>,
  parts: InitParts,
): Promise<readonly string[]> {
  const { readFile, writeFile } = parts;
  const isThere = async (file: string): Promise<boolean> => (await readFile(root, file)) !== undefined;
  const [mesh, ...others] = starterDocuments(meshName(path.basename(root)), starterPlatform(call));
  const written: string[] = [];
  if (mesh !== undefined && !(await isThere(mesh.file))) {
    await writeFile(root, mesh.file, mesh.text);
    written.push(mesh.file);
  }
  // Documents may lie in files of any name. The missing parts of a mesh with errors are unknown: add nothing to it.
  const { spec } = await loaded(root, call, parts);
  for (const { file, text } of spec === undefined ? [] : missingDocuments(others, spec)) {
    const free = (await isThere(file)) ? `mesh-${file}` : file;
    if (await isThere(free)) continue;
    await writeFile(root, free, text);
    written.push(free);
  }
  return written;
}

/** Returns the files beside the documents that were written or added to. */
async function writeCompanions(root: string, call: MeshCall, parts: InitParts): Promise<readonly string[]> {
  const { readFile, writeFile } = parts;
  const written: string[] = [];
  const suite = await missingSuite(root, call, parts);
  if (suite !== undefined) {
    await writeFile(root, starterSuiteFile, suite);
    written.push(starterSuiteFile);
  }
  if (await refreshSchema(root, parts)) written.push(editorSchemaFile);
  const ignored = withIgnoredLines(await readFile(root, '.gitignore'));
  if (ignored !== undefined) {
    await writeFile(root, '.gitignore', ignored);
    written.push('.gitignore');
  }
  return written;
}

/** Returns the first suite of tests if the mesh has no suite and means what the suite expects. */
async function missingSuite(root: string, call: MeshCall, parts: InitParts): Promise<string | undefined> {
  const { sources, ir } = await loaded(root, call, parts);
  if (ir === undefined || sources.sources.some(mayHoldSuite)) return undefined;
  return (await parts.readFile(root, starterSuiteFile)) === undefined ? starterSuite(ir) : undefined;
}

/** Writes the schema for editors of this version; returns false if it is there already. */
async function refreshSchema(root: string, { readFile, writeFile }: InitParts): Promise<boolean> {
  const text = `${JSON.stringify(schema)}\n`;
  if ((await readFile(root, editorSchemaFile)) === text) return false;
  await writeFile(root, editorSchemaFile, text);
  return true;
}

/**
 * Writes the checks at the top of the Git repository, and the files of the host of rollouts. Returns the written files
 * and, for each existing file, the text that it lacks.
 */
async function writeChecks(root: string, call: MeshCall & InitOptions, parts: InitParts): Promise<Checks> {
  const { sources } = await loaded(root, call, parts);
  const hasSuites = sources.sources.some(mayHoldSuite);
  const { prefix, up, top, files } = await checkFiles(root, call, parts, hasSuites);
  await refuseLinkedRoot(root, top, prefix, parts);
  const written: string[] = [];
  const left: LeftFile[] = [];
  for (const { file, text, missingFrom } of files) {
    const name = `${up}${file}`;
    const there = await parts.readFile(top, file);
    const missing = there === undefined ? undefined : missingFrom(there);
    if (missing !== undefined) left.push({ file: name, missing });
    if (there !== undefined) continue;
    await parts.writeFile(top, file, text);
    written.push(name);
  }
  return { written, left };
}

interface Checks {
  readonly written: readonly string[];
  readonly left: readonly LeftFile[];
}

/** Refuses a root that was reached by a link: its parent folder is not its parent in the repository. */
async function refuseLinkedRoot(
  root: string,
  top: string,
  prefix: string,
  { readFile }: InitParts,
): Promise<void> {
  if ((await readFile(top, `${prefix}mesh.yaml`)) === (await readFile(root, 'mesh.yaml'))) return;
  throw new UsageError(`${root} is a link into a Git repository: name the folder itself`);
}

/** Returns the platform of the first mesh; throws UsageError (64) for a platform that has none. */
function starterPlatform({ platform = 'envoy' }: Options<'platform'>): StarterPlatform {
  if (platform === 'envoy' || platform === 'istio' || platform === 'linkerd') return platform;
  throw new UsageError(
    `a first mesh is for envoy, istio or linkerd: to start from the configuration of ${platform}, name its folder with --from`,
  );
}

function loaded(root: string, call: MeshCall, { openSpecStore }: InitParts): Promise<LoadedMesh> {
  return withStore(openSpecStore, { root }, ({ store }) => loadMesh(store, { ...meshOptions(call), root }));
}
