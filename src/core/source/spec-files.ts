import { glob } from '../lib/glob.ts';

/** The rules that decide which YAML files below a root belong to the spec; see "Files" of the language page. */
export interface FilePolicy {
  /** Globs of `spec.exclude`. */
  readonly exclude: readonly string[];
  /** Folders that targets write to, relative to the root. */
  readonly outputs: readonly string[];
}

export const meshFile = 'mesh.yaml';

/** The size in bytes above which a file is refused without being read. */
export const largestFile = 32 * 1024 * 1024;

/**
 * Returns the files of the spec among `files` (relative, `/`-separated): not in dot-folders, in folders with their own
 * mesh.yaml, excluded, or in the output of a target. Overlays are under `environments/`.
 */
export function specFiles(files: readonly string[], policy: FilePolicy): readonly string[] {
  const nested = files.filter((file) => file.endsWith(`/${meshFile}`) && !file.startsWith('environments/'));
  const outputs = policy.outputs.map((output) => output.replace(/^\.\//, '').replace(/\/+$/, ''));
  const closed = new Set([...nested.map(folderOf), ...outputs]);
  const excluded = policy.exclude.map(glob);
  return files.filter(
    (file) =>
      file === meshFile || !(hidden(file) || closedBy(file, closed) || excluded.some((test) => test(file))),
  );
}

function hidden(file: string): boolean {
  return file.split('/').some((name) => name.startsWith('.'));
}

/** Returns true if one of the `closed` folders contains the file. */
function closedBy(file: string, closed: ReadonlySet<string>): boolean {
  if (closed.size === 0) return false;
  for (let slash = file.lastIndexOf('/'); slash > 0; slash = file.lastIndexOf('/', slash - 1)) {
    if (closed.has(file.slice(0, slash))) return true;
  }
  return false;
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'));
}

/** Returns the file rules of a Mesh document that was read but not checked; ignores values of a wrong type. */
export function filePolicy(mesh: unknown): FilePolicy {
  const spec = entry(mesh, 'spec');
  const exclude = entry(spec, 'exclude');
  const targets = entry(spec, 'targets');
  const written = isRecord(targets)
    ? Object.values(targets).flatMap((target) => outputFolders(entry(target, 'output')))
    : [];
  return {
    exclude: Array.isArray(exclude) ? exclude.filter((glob) => typeof glob === 'string') : [],
    outputs: written.filter((folder) => folder !== '.' && folder !== ''),
  };
}

function outputFolders(output: unknown): readonly string[] {
  const folders = [entry(output, 'directory'), entry(output, 'path')];
  return folders.flatMap((folder) => (typeof folder === 'string' && !folder.startsWith('/') ? [folder] : []));
}

function entry(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
