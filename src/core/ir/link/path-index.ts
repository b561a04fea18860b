import type { PathMatch } from '../match.ts';

interface Entry<T> {
  readonly path: PathMatch | undefined;
  readonly item: T;
}

/**
 * An index of items by path condition that finds overlapping items without comparing all. An exact path or a prefix is
 * stored at its path and below each ancestor, any other condition (including `startsWith`) in a separate list.
 */
export class PathIndex<T> {
  readonly #at = new Map<string, Entry<T>[]>();
  readonly #below = new Map<string, Entry<T>[]>();
  readonly #anywhere: Entry<T>[] = [];
  readonly #all: Entry<T>[] = [];

  add(path: PathMatch | undefined, item: T): void {
    const entry = { path, item };
    this.#all.push(entry);
    if (path === undefined || isAnywhere(path)) {
      this.#anywhere.push(entry);
      return;
    }
    push(this.#at, path.value, entry);
    for (const ancestor of ancestors(path.value)) push(this.#below, ancestor, entry);
  }

  /** Returns every item whose condition may share a path with this condition, and perhaps some that don't. */
  *meeting(path: PathMatch | undefined): Iterable<T> {
    yield* items(path === undefined || isAnywhere(path) ? this.#all : this.#candidates(path));
  }

  /** Returns every item whose condition may cover all of these paths, and perhaps some that don't. */
  *covering(path: PathMatch | undefined): Iterable<T> {
    yield* items(
      path === undefined || path.type === 'regex'
        ? [...this.#anywhere, ...this.#root()]
        : this.#above(path.value),
    );
  }

  *#candidates(path: PathMatch): Iterable<Entry<T>> {
    yield* this.#above(path.value);
    if (path.type === 'prefix') yield* this.#below.get(path.value) ?? [];
  }

  *#above(path: string): Iterable<Entry<T>> {
    yield* this.#anywhere;
    for (const ancestor of ancestors(path)) yield* this.#at.get(ancestor) ?? [];
    yield* this.#at.get(path) ?? [];
  }

  /** Returns the entries for the prefix `/`, which every path has. */
  #root(): readonly Entry<T>[] {
    return this.#at.get('') ?? [];
  }
}

function isAnywhere({ type }: PathMatch): boolean {
  return type === 'regex' || type === 'startsWith';
}

function* items<T>(entries: Iterable<Entry<T>>): Iterable<T> {
  for (const { item } of entries) yield item;
}

/** Returns the prefixes of a path, starting with `''` (the root): `/a/b` has the ancestors `''` and `/a`. */
function ancestors(path: string): readonly string[] {
  const elements = path.split('/');
  return elements.slice(0, -1).map((_element, index) => elements.slice(0, index + 1).join('/'));
}

function push<T>(map: Map<string, T[]>, key: string, entry: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [entry]);
  else list.push(entry);
}
