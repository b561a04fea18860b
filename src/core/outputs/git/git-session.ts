import type { DeployedTree } from '../../../ports/deployment-repository.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import { type BranchView, branchView } from './branch-view.ts';
import { changeOf, type NextFiles } from './change-of.ts';
import type { CommitReader } from './commit-reader.ts';
import type { GitPlace } from './git-place.ts';
import { isMemory, isRecord } from './places.ts';
import { refuseMoved } from './refuse-moved.ts';

/** The number of pushes of others after which a run gives up. */
const mostAttempts = 10;

/**
 * The commits that a process has seen of a deployment repository, and the files of the memory that it has collected for
 * its next commit. The next commit is based on the commits that were seen: if somebody else has changed one of our
 * files since, it isn't pushed.
 */
export class GitSession implements CommitReader {
  readonly place: GitPlace;
  readonly #pending = new Map<string, string | undefined>();
  readonly #texts = new Map<string, string>();
  readonly #recordsOf = new WeakMap<DeployedTree, Promise<unknown>>();
  #view: Promise<BranchView> | undefined;

  constructor(place: GitPlace) {
    this.place = place;
  }

  /** Returns the commits that this process has seen; the first call fetches them. */
  view(): Promise<BranchView> {
    this.#view ??= this.peek();
    return this.#view;
  }

  /** Fetches the commits again, unless files were collected for a commit on the known ones. */
  refresh(): Promise<BranchView> {
    if (this.#pending.size === 0) this.#view = this.peek();
    return this.view();
  }

  /** Fetches the commits without making them the base of the next commit. */
  peek(): Promise<BranchView> {
    return branchView(this.place);
  }

  /** Returns the text of a file of the memory, as collected or as committed; undefined if there is none. */
  async text(path: string): Promise<string | undefined> {
    if (this.#pending.has(path)) return this.#pending.get(path);
    return this.textIn((await this.view()).tree, path);
  }

  /** Returns the text of a file of a commit. Throws PortError(7) if it is no plain file. */
  async textIn(tree: DeployedTree | undefined, path: string): Promise<string | undefined> {
    const entry = tree?.entries.get(path);
    if (entry === undefined) return undefined;
    if (!entry.mode.startsWith('100'))
      throw new PortError(`${this.nameOf(path)} is no plain file: it is not ours`, exit.foreign);
    if (tree !== undefined && isRecord(path)) await this.#records(tree);
    return (await this.texts([entry.object]))[0];
  }

  /** Reads all records of a commit at once: each read starts programs of Git. */
  #records(tree: DeployedTree): Promise<unknown> {
    const reading =
      this.#recordsOf.get(tree) ??
      this.texts([...tree.entries].flatMap(([path, { object }]) => (isRecord(path) ? [object] : [])));
    this.#recordsOf.set(tree, reading);
    return reading;
  }

  /** Returns contents by their ids; each is read once. */
  async texts(objects: readonly string[]): Promise<readonly string[]> {
    const unread = [...new Set(objects)].filter((object) => !this.#texts.has(object));
    const read = unread.length === 0 ? [] : await this.place.repository.read(unread);
    for (const [i, object] of unread.entries()) this.#texts.set(object, read[i] ?? '');
    return objects.map((object) => this.#texts.get(object) ?? '');
  }

  /** Returns the paths of the memory, as collected or as committed. */
  async memory(): Promise<readonly string[]> {
    const { tree } = await this.view();
    const committed = [...(tree?.entries.keys() ?? [])].filter(isMemory);
    const paths = new Set([...committed, ...this.#pending.keys()]);
    return [...paths]
      .filter((path) => !this.#pending.has(path) || this.#pending.get(path) !== undefined)
      .sort();
  }

  /** Collects a new text of a file of the memory for the next commit; undefined removes the file. */
  collect(path: string, text: string | undefined): void {
    this.#pending.set(path, text);
  }

  /**
   * Pushes a commit of what was collected, and of `next` if it is given. If the branch has moved and our files have not,
   * the commit is made again on the new tip. Throws PortError(5) if our files have moved, and then changes nothing.
   */
  async commit(message: string, next?: NextFiles): Promise<void> {
    let view = await this.view();
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      const change = await changeOf(this, view, this.#pending, next);
      const at = this.place.clock.now();
      const tree = await this.place.repository.push({ ...change, message, at });
      if (tree !== undefined) {
        const { propose } = this.place;
        this.#view = Promise.resolve(
          propose ? { ...view, tree, proposal: tree, isProposed: true } : { ...view, tree, base: tree },
        );
        this.#pending.clear();
        return;
      }
      const moved = await this.peek();
      await refuseMoved(this, view, moved, next);
      view = moved;
    }
    throw new PortError(
      `${this.branchName()} moves faster than this run can commit to it; nothing was written: run it again`,
      exit.stale,
    );
  }

  /** Names a file for people. */
  nameOf(path: string): string {
    const { folder } = this.place;
    return `${this.branchName()}: ${folder === '' ? '' : `${folder}/`}${path}`;
  }

  /** Names the repository and the branch for people. */
  branchName(): string {
    return `${this.place.repository.description} (${this.place.branch})`;
  }
}
