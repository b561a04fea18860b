import { wordLength } from '../../core/editor/cursor.ts';
import { hoverAt } from '../../core/editor/hover.ts';
import type { NameUse } from '../../core/editor/name-use.ts';
import { renameName } from '../../core/editor/rename-name.ts';
import { suggestions } from '../../core/editor/suggestions.ts';
import type { Location, Position, Range } from '../../core/location.ts';
import { offsetOf, sourceText } from '../../core/source/span.ts';
import type { Schema } from '../../core/spec/schema.ts';
import { targets } from '../../core/targets/registry.ts';
import type { EditorService, FileRange, OfferedFix, ShownFinding } from '../../ports/editor.ts';
import type { MeshOptions } from '../options.ts';
import type { LspParts } from './lsp-parts.ts';
import { type OpenMesh, openMesh } from './open-mesh.ts';

/** The milliseconds without a change after which the mesh is checked. */
const pause = 150;

/** A mesh that the editor shows files of. */
interface Watched {
  /** The number of changes; `mesh` has the changes up to the number `read`. */
  changes: number;
  read: number;
  mesh: Promise<OpenMesh>;
  timer?: NodeJS.Timeout;
  /** Files that have findings in the editor. */
  shown: ReadonlySet<string>;
}

/** The conversation with one editor: the texts of its files, and the meshes that they belong to. */
export class EditorSession implements EditorService {
  readonly #texts = new Map<string, string>();
  readonly #meshes = new Map<string, Watched>();
  readonly #options: MeshOptions;
  readonly #parts: LspParts;

  constructor(options: MeshOptions, parts: LspParts) {
    this.#options = options;
    this.#parts = parts;
  }

  readonly changed = (path: string, text: string): void => {
    this.#texts.set(path, text);
    void this.#touch(path);
  };

  readonly closed = (path: string): void => {
    this.#texts.delete(path);
    void this.#touch(path);
  };

  readonly filesChanged = (): void => {
    for (const root of this.#meshes.keys()) this.#schedule(root);
  };

  /** Stops checks that are due. */
  end(): void {
    for (const { timer } of this.#meshes.values()) clearTimeout(timer);
  }

  readonly definitions: EditorService['definitions'] = async (path, position) => {
    const found = await this.#nameAt(path, position);
    return found === undefined ? [] : found.uses.filter(({ isDefinition }) => isDefinition).map(found.place);
  };

  readonly references: EditorService['references'] = async (path, position) => {
    const found = await this.#nameAt(path, position);
    return found === undefined ? [] : found.uses.map(found.place);
  };

  readonly renamed: EditorService['renamed'] = async (path, position) => {
    const found = await this.#nameAt(path, position);
    return found === undefined ? undefined : found.place(found.use);
  };

  readonly rename: EditorService['rename'] = async (path, position, name) => {
    const found = await this.#nameAt(path, position);
    if (found === undefined) return 'there is no name of a service, gateway, version or namespace here';
    const edits = renameName(found.mesh.names, found.use, name);
    return typeof edits === 'string'
      ? edits
      : edits.map((edit) => ({ ...found.place(edit), text: edit.text }));
  };

  readonly hover: EditorService['hover'] = async (path, position) => {
    const found = await this.#fileAt(path);
    if (found?.parsed === undefined) return undefined;
    const { mesh, parsed } = found;
    const findings = mesh.findings.filter(
      ({ location }) => location.file === found.file && holds(location.range, position),
    );
    return hoverAt(parsed, position, mesh.names, findings);
  };

  readonly suggestions: EditorService['suggestions'] = async (path, position) => {
    const found = await this.#fileAt(path);
    const text = this.#texts.get(path) ?? found?.parsed?.text.text;
    if (found === undefined || text === undefined) return [];
    const before = text.slice(0, offsetOf(sourceText(path, text), position));
    const start = { line: position.line, column: position.column - wordLength(before) };
    const range = { start, end: position };
    const offered = suggestions(before, found.mesh.names, await optionSchemas());
    return offered.map((one) => ({ ...one, range }));
  };

  readonly fixes: EditorService['fixes'] = async (path, range) => {
    const found = await this.#fileAt(path);
    if (found === undefined) return [];
    const { mesh, file, root } = found;
    return mesh.findings.flatMap((finding): readonly OfferedFix[] => {
      const { fix, location } = finding;
      if (fix === undefined || location.file !== file || !overlap(location.range, range)) return [];
      const edits = fix.edits.map((edit) => ({ ...placeIn(root, edit.location), text: edit.text }));
      return [{ title: fix.title, finding: shownFinding(root, finding), edits }];
    });
  };

  async #nameAt(path: string, position: Position) {
    const found = await this.#fileAt(path);
    if (found === undefined) return undefined;
    const { mesh, file, root } = found;
    const use = mesh.names.find(({ location }) => location.file === file && holds(location.range, position));
    if (use === undefined) return undefined;
    const uses = mesh.names.filter(({ thing, id }) => thing === use.thing && id === use.id);
    return { mesh, use, uses, place: ({ location }: Pick<NameUse, 'location'>) => placeIn(root, location) };
  }

  async #fileAt(path: string) {
    const root = await this.#root(path);
    if (root === undefined) return undefined;
    const mesh = await this.#current(root);
    const file = relative(root, path);
    return { root, mesh, file, parsed: mesh.files.get(file) };
  }

  async #root(path: string): Promise<string | undefined> {
    return this.#options.root ?? (await this.#parts.meshRoot(path));
  }

  async #touch(path: string): Promise<void> {
    const root = await this.#root(path);
    if (root === undefined) return;
    if (!this.#meshes.has(root)) {
      const empty = Promise.resolve({ files: new Map(), names: [], findings: [] });
      this.#meshes.set(root, { changes: 0, read: 0, mesh: empty, shown: new Set() });
    }
    this.#schedule(root);
  }

  #schedule(root: string): void {
    const watched = this.#meshes.get(root);
    if (watched === undefined) return;
    watched.changes += 1;
    clearTimeout(watched.timer);
    watched.timer = setTimeout(() => void this.#check(root), pause);
  }

  /** Returns the mesh with all changes so far; reads it if something has changed. */
  async #current(root: string): Promise<OpenMesh> {
    const watched = this.#meshes.get(root);
    if (watched === undefined) return this.#read(root);
    if (watched.read !== watched.changes) {
      watched.read = watched.changes;
      watched.mesh = this.#read(root);
    }
    return watched.mesh;
  }

  #read(root: string): Promise<OpenMesh> {
    const texts = new Map<string, string>();
    for (const [path, text] of this.#texts)
      if (path.startsWith(`${root}/`) && /\.ya?ml$/.test(path)) texts.set(relative(root, path), text);
    return openMesh({ ...this.#options, root }, texts, this.#parts);
  }

  async #check(root: string): Promise<void> {
    const watched = this.#meshes.get(root);
    if (watched === undefined) return;
    const { changes } = watched;
    try {
      const { findings } = await this.#current(root);
      // A later change has its own check.
      if (changes !== watched.changes) return;
      const byFile = Map.groupBy(findings, ({ location }) => location.file);
      for (const file of new Set([...watched.shown, ...byFile.keys()])) {
        const list = byFile.get(file) ?? [];
        this.#parts.editor.show(
          `${root}/${file}`,
          list.map((finding) => shownFinding(root, finding)),
        );
      }
      watched.shown = new Set(byFile.keys());
    } catch (error) {
      this.#parts.editor.tell(error instanceof Error ? error.message : String(error));
    }
  }
}

function shownFinding(
  root: string,
  { code, severity, message, location, related }: OpenMesh['findings'][number],
): ShownFinding {
  return {
    code,
    severity,
    message,
    range: location.range,
    related: related.map((one) => ({ ...placeIn(root, one.location), message: one.message })),
  };
}

function placeIn(root: string, { file, range }: Location): FileRange {
  return { path: `${root}/${file}`, range };
}

function relative(root: string, path: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

function holds({ start, end }: Range, position: Position): boolean {
  return !isBefore(position, start) && !isBefore(end, position);
}

function overlap(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

/** Returns the schemas of the options of all platforms. */
async function optionSchemas(): Promise<Readonly<Record<string, Schema | undefined>>> {
  const loaded = Object.entries(targets).map(async ([name, load]) => {
    const { default: target } = await load();
    return [name, 'optionsSchema' in target ? target.optionsSchema : undefined] as const;
  });
  return Object.fromEntries(await Promise.all(loaded));
}
