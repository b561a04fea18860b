import type { Location, Origin } from '../location.ts';
import { locate, originAt } from '../source/locate.ts';
import type { Difference, Fate } from './fate.ts';

/** Receives values of a wrong type. */
export type ReportMalformed = (field: Field, expected: string) => void;

/**
 * Returns the key of a map that a reader means by a name; undefined for the map itself. `depth` is 0 for the document.
 */
export type KeyOf = (name: string, keys: readonly string[], depth: number) => string | undefined;

/**
 * A reading cursor at one field of a native object. Reading a leaf (`text`, `number`, `boolean`) marks the leaf as
 * carried; the other fates are stated. A leaf that no call marks is unaccounted for, which is an error of the import:
 * a field that a reader doesn't know shows up by itself. A field that isn't there has a cursor, too, and reads as
 * undefined; so does null, which native configuration takes as left out.
 */
export class Field {
  /** Keys and indices from the root of the document. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  /** Marks of this field, in the order of the calls. */
  readonly marks: Fate[];
  readonly #children = new Map<string | number, Field>();
  readonly #place: { readonly container: object; readonly key?: string | number };
  readonly #malformed: ReportMalformed;
  /** The cursor that this one shows under other names. */
  readonly #shown: { readonly field: Field; readonly keyOf: KeyOf } | undefined;

  private constructor(
    path: Field['path'],
    value: unknown,
    place: { readonly container: object; readonly key?: string | number },
    malformed: ReportMalformed,
    shown?: { readonly field: Field; readonly keyOf: KeyOf },
  ) {
    this.#shown = shown;
    this.marks = shown?.field.marks ?? [];
    this.path = path;
    this.value = value;
    this.#place = place;
    this.#malformed = malformed;
  }

  /** Returns the cursor at the root of a document; a document that is no map has no fields. */
  static root(value: object, malformed: ReportMalformed): Field {
    return new Field([], value, { container: value }, malformed);
  }

  /** Returns a cursor at the same field, with the same marks, whose fields a reader names by `keyOf`. */
  renamed(keyOf: KeyOf): Field {
    return new Field(this.path, this.value, this.#place, this.#malformed, { field: this, keyOf });
  }

  /** True if the field is there and isn't null. */
  get isPresent(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The shape in which a reader looked for fields below this one, if the value has another one. */
  get wantedShape(): 'a map' | 'a list' | undefined {
    if (!this.isPresent) return undefined;
    if (this.#shown !== undefined) return this.#shown.field.wantedShape;
    const keys = [...this.#children.keys()];
    if (!isMap(this.value) && keys.some((key) => typeof key === 'string')) return 'a map';
    return !Array.isArray(this.value) && keys.some((key) => typeof key === 'number') ? 'a list' : undefined;
  }

  /** The place of the field; the place of the innermost container if the field isn't there. */
  get location(): Location {
    return locate(this.#place.container, this.#place.key);
  }

  get origin(): Origin {
    return originAt(this.#place.container, this.#place.key, 'key');
  }

  /** The path in words: `spec.http[0].match[1].uri`. */
  get name(): string {
    return pathName(this.path);
  }

  /** Returns the field of this name. */
  at(name: string): Field {
    if (this.#shown !== undefined) {
      const { field, keyOf } = this.#shown;
      const key = keyOf(name, isMap(this.value) ? Object.keys(this.value) : [], this.path.length);
      return key === undefined ? this : field.at(key).renamed(keyOf);
    }
    return this.#child(
      name,
      isMap(this.value) && Object.hasOwn(this.value, name) ? this.value[name] : undefined,
    );
  }

  /** Returns the field at the end of a path of names. */
  along(...names: readonly string[]): Field {
    return names.reduce<Field>((field, name) => field.at(name), this);
  }

  /** Returns the names and fields of a map in the order of the file; marks an empty map as carried. */
  entries(): readonly (readonly [name: string, field: Field])[] {
    if (!this.#is(isMap, 'a map')) return [];
    const names = Object.keys(this.value as object);
    if (names.length === 0) this.marks.push({ type: 'carried' });
    return names.map((name) => [name, this.at(name)]);
  }

  /** Returns the items of a list; marks an empty list as carried. */
  items(): readonly Field[] {
    if (!this.#is(Array.isArray, 'a list')) return [];
    const list = this.value as readonly unknown[];
    if (list.length === 0) this.marks.push({ type: 'carried' });
    return list.map((_item, index) => this.item(index));
  }

  /** Returns the item of a list at an index. */
  item(index: number): Field {
    if (this.#shown !== undefined) return this.#shown.field.item(index).renamed(this.#shown.keyOf);
    return this.#child(index, Array.isArray(this.value) ? (this.value[index] as unknown) : undefined);
  }

  /** Returns a text, and marks the leaf as carried. */
  text(): string | undefined {
    return this.#leaf((value): value is string => typeof value === 'string', 'a text');
  }

  /** Returns a number, and marks the leaf as carried. */
  number(): number | undefined {
    return this.#leaf((value): value is number => typeof value === 'number', 'a number');
  }

  /** Returns a port, a whole number from 1 to 65535, and marks the leaf as carried. */
  port(): number | undefined {
    return this.#leaf(isPort, 'a port from 1 to 65535');
  }

  /** Returns a truth value, and marks the leaf as carried. */
  boolean(): boolean | undefined {
    return this.#leaf((value): value is boolean => typeof value === 'boolean', 'true or false');
  }

  /** Returns a number or a text (a port by number or name), and marks the leaf as carried. */
  numberOrText(): number | string | undefined {
    return this.#leaf(
      (value): value is number | string => typeof value === 'number' || typeof value === 'string',
      'a number or a text',
    );
  }

  /** Returns a list of texts, and marks its items as carried; undefined if the field isn't there. */
  texts(): readonly string[] | undefined {
    return this.isPresent ? this.items().flatMap((item) => item.text() ?? []) : undefined;
  }

  /** Returns a map of texts, and marks its values as carried; undefined if the field isn't there. */
  textMap(): Readonly<Record<string, string>> | undefined {
    if (!this.isPresent) return undefined;
    return Object.fromEntries(this.entries().map(([name, field]) => [name, field.text() ?? '']));
  }

  /**
   * Returns labels of Kubernetes, and marks their values as carried; undefined if the field isn't there. Leaves out a label that
   * Kubernetes refuses, such as a variable that nobody has filled in.
   */
  labels(): Readonly<Record<string, string>> | undefined {
    if (!this.isPresent) return undefined;
    return Object.fromEntries(
      this.entries().flatMap(([name, field]) => {
        const value = field.text();
        if (value === undefined) return [];
        if (labelName.test(name) && value.length <= 63 && labelValue.test(value)) return [[name, value]];
        field.malformed('a label of Kubernetes');
        return [];
      }),
    );
  }

  /** Marks a field whose value the reader knows without reading it: an empty map, a fixed word. */
  carried(): void {
    this.#mark({ type: 'carried' });
  }

  /** Marks the field, with all below it, as carried with another meaning. */
  differently(difference: Difference): void {
    this.#mark({ type: 'carried differently', ...difference });
  }

  /** Marks the field, with all below it, as lost. */
  lost(difference: Difference): void {
    this.#mark({ type: 'lost', ...difference });
  }

  /** Marks the field, with all below it that has no mark of its own, as without effect. */
  withoutEffect(why: string): void {
    this.#mark({ type: 'without effect', why });
  }

  /** Reports that the value isn't what the native API takes, and marks it as lost. */
  malformed(expected: string): void {
    this.#malformed(this, expected);
    const callers = `the value is not ${expected}, so the mesh itself refuses it`;
    this.lost({ callers, isReported: true });
  }

  #mark(fate: Fate): void {
    if (this.value !== undefined) this.marks.push(fate);
  }

  #child(key: string | number, value: unknown): Field {
    const known = this.#children.get(key);
    if (known !== undefined) return known;
    const isThere = value !== undefined && typeof this.value === 'object' && this.value !== null;
    const place = isThere ? { container: this.value, key } : this.#place;
    const child = new Field([...this.path, key], value, place, this.#malformed);
    this.#children.set(key, child);
    return child;
  }

  #leaf<T>(isOfType: (value: unknown) => value is T, expected: string): T | undefined {
    if (!this.#is(isOfType, expected)) return undefined;
    this.marks.push({ type: 'carried' });
    return this.value as T;
  }

  #is(isOfType: (value: unknown) => boolean, expected: string): boolean {
    if (!this.isPresent) return false;
    if (isOfType(this.value)) return true;
    if (this.marks.length === 0) this.malformed(expected);
    return false;
  }
}

/** The key of a label: a name of up to 63 characters, with or without a DNS subdomain before it. */
const labelName = /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[a-z0-9](?:[-\w.]{0,61}[a-z0-9])?$/i;
const labelValue = /^(?:[a-z0-9](?:[-\w.]*[a-z0-9])?)?$/i;

function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535;
}

/** Returns a path as people write it: `spec.http[0].match`, with keys that are no plain words in brackets. */
export function pathName(path: readonly (string | number)[]): string {
  return path.reduce<string>((before, key) => {
    if (typeof key === 'number') return `${before}[${String(key)}]`;
    if (!/^[\w-]+$/.test(key)) return `${before}[${JSON.stringify(key)}]`;
    return before === '' ? key : `${before}.${key}`;
  }, '');
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
