import { flow, isMap } from './compact-yaml.ts';

/** The place of a printed part. */
export interface Place {
  readonly case: string;
  readonly file: string;
  readonly unit: string;
}

interface Part {
  readonly value: unknown;
  readonly place: Place;
  /** The keys and names that lead to the part from its unit. */
  readonly way: readonly string[];
  /** The number of other parts that one must read to know this one. */
  readonly hops: number;
}

/** The number of characters above which a part is named instead of repeated. */
const worthNaming = 200;
const mostHops = 1;

/**
 * The parts that golden output has printed so far. An equal part is shown as `{as: PLACE}`. A part that hardly differs
 * from one of its type is shown as `like: PLACE` with the paths that differ, and `gone` for missing ones. No part is
 * lost: the named place prints it, completely or by the same rules.
 */
export class KnownParts {
  readonly #same = new Map<string, Part>();
  readonly #alike = new Map<string, Part[]>();

  constructor(base?: KnownParts) {
    if (base === undefined) return;
    for (const [text, part] of base.#same) this.#same.set(text, part);
    for (const [type, parts] of base.#alike) this.#alike.set(type, [...parts]);
  }

  /** Returns the value in the form to print at a place; later values may refer to it. */
  shown(value: unknown, place: Place): unknown {
    return this.#shown(abbreviated(value), place, []);
  }

  #shown(value: unknown, place: Place, way: readonly string[]): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const text = JSON.stringify(value);
    const same = text.length < worthNaming ? undefined : this.#same.get(text);
    if (same !== undefined) return { as: named(same, place) };
    const type = text.length < worthNaming ? undefined : typeOf(value, place, way);
    const near = type === undefined ? undefined : this.#nearest(value, type, text.length);
    const part = { value, place, way, hops: near === undefined ? 0 : near.part.hops + 1 };
    this.#same.set(text, part);
    if (type !== undefined) this.#alike.set(type, [...(this.#alike.get(type) ?? []), part]);
    if (near === undefined) return this.#whole(value, place, way);
    const differing = near.changes.map(({ path, after }) => [
      path,
      after === undefined ? 'gone' : this.#shown(after, place, [...way, path]),
    ]);
    return { like: named(near.part, place), ...(Object.fromEntries(differing) as object) };
  }

  #whole(value: object, place: Place, way: readonly string[]): unknown {
    if (Array.isArray(value))
      return value.map((entry, i) => this.#shown(entry, place, [...way, nameOf(entry) ?? `[${String(i)}]`]));
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, this.#shown(entry, place, [...way, key])]),
    );
  }

  #nearest(value: unknown, type: string, length: number) {
    let best: { readonly part: Part; readonly changes: readonly Change[] } | undefined;
    let least = length / 2;
    for (const part of this.#alike.get(type) ?? []) {
      if (part.hops > mostHops) continue;
      const changes = changesBetween(part.value, value);
      const size = sizeOf(changes);
      if (size >= least) continue;
      least = size;
      best = { part, changes };
    }
    return best;
  }
}

/** Returns the type within which values are compared: the `@type` of a message, or else the file of the value. */
function typeOf(value: object, { file, unit }: Place, way: readonly string[]): string | undefined {
  if (Array.isArray(value)) return undefined;
  if ('@type' in value) return String(value['@type']);
  return way.length === 0 ? `${file} ${/\/(?<last>[^/]*)$/.exec(unit)?.groups?.['last'] ?? ''}` : undefined;
}

/** Returns the shortest name of a part: if it has its own name, neither its list nor its wrapper is named. */
function named({ place, way }: Part, from: Place): string {
  const file =
    place.case === from.case
      ? place.file === from.file
        ? []
        : [place.file]
      : [`${place.case}/${place.file}`];
  const short = way.filter((key, i) => key !== 'typed_config' && !(i + 1 < way.length && lists.has(key)));
  return [...file, place.unit, ...short].join(' ');
}

const lists: ReadonlySet<string> = new Set([
  'filter_chains',
  'filters',
  'http_filters',
  'listener_filters',
  'virtual_hosts',
  'routes',
]);

function nameOf(entry: unknown): string | undefined {
  return isMap(entry) && typeof entry['name'] === 'string' ? entry['name'] : undefined;
}

interface Change {
  readonly path: string;
  /** Absent if the value was removed. */
  readonly after?: unknown;
}

function changesBetween(before: unknown, after: unknown, path = ''): readonly Change[] {
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, path);
  if (!isMap(before) || !isMap(after))
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, after }];
  const inside = (key: string): string => (path === '' ? key : `${path}.${key}`);
  return [
    ...Object.keys(before).flatMap((key) => (key in after ? [] : [{ path: inside(key) }])),
    ...Object.entries(after).flatMap(([key, entry]) =>
      key in before ? changesBetween(before[key], entry, inside(key)) : [{ path: inside(key), after: entry }],
    ),
  ];
}

/** Returns changes entry by entry, or the whole list if that is shorter. */
function listChanges(before: readonly unknown[], after: readonly unknown[], path: string): readonly Change[] {
  const entries = Array.from({ length: Math.max(before.length, after.length) }, (_, i): readonly Change[] => {
    const at = `${path}[${String(i)}]`;
    if (i >= after.length) return [{ path: at }];
    return i < before.length ? changesBetween(before[i], after[i], at) : [{ path: at, after: after[i] }];
  }).flat();
  const whole = [{ path, after }];
  return sizeOf(entries) < sizeOf(whole) ? entries : whole;
}

function sizeOf(changes: readonly Change[]): number {
  return changes.reduce((sum, { path, after }) => sum + path.length + flow(after ?? '').length, 0);
}

/** Returns the value with short words for frequent shapes; no two shapes have the same word, so nothing is lost. */
function abbreviated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(abbreviated);
  if (!isMap(value)) return value;
  for (const [shape, short] of shapes) {
    const [, ...parts] = shape.exec(JSON.stringify(value)) ?? [];
    if (parts.length > 0) return short(parts.map((part) => JSON.parse(part) as unknown));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      key === '@type' ? String(entry).replace('type.googleapis.com/', '') : abbreviated(entry),
    ]),
  );
}

const shapes: readonly (readonly [RegExp, (parts: readonly unknown[]) => unknown])[] = [
  [
    /^\{"resource_api_version":"V3","path_config_source":\{"path":("[^"]*"),"watched_directory":\{"path":("[^"]*")\}\}\}$/,
    ([file, watched]) => ({ file, watched }),
  ],
  [
    /^\{"socket_address":\{"address":("[^"]*"),"port_value":(\d+)\}\}$/,
    ([address, port]) => `${String(address)}:${String(port)}`,
  ],
  [/^\{"text_format_source":\{"inline_string":("[^"]*")\}\}$/, ([text]) => ({ text })],
];
