import { type Document, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import type { SourceSet } from '../../src/core/source/source.ts';

/** A document of a mesh: its kind, its name, the lines that it has, and all words in it. */
export interface DocumentPlace {
  readonly kind: string;
  readonly name: string;
  readonly file: string;
  readonly lines: readonly [number, number];
  readonly words: ReadonlySet<string>;
}

/** A mesh without one field, or one item of a list, of one document. */
export interface RemovedField {
  readonly document: DocumentPlace;
  /** The field below `spec`; positions of lists are `#`. */
  readonly field: string;
  /** Returns the files of the mesh without it. */
  sources(): SourceSet;
}

type Path = readonly (string | number)[];

/** Returns the documents of a mesh. */
export function documentPlaces({ sources }: SourceSet): readonly DocumentPlace[] {
  return sources.flatMap(({ file, bytes }) => {
    const text = Buffer.from(bytes).toString('utf8');
    const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
    return parseAllDocuments(text).flatMap((document): readonly DocumentPlace[] => {
      if (!isMap(document.contents)) return [];
      const [start, end] = document.range;
      return [
        {
          kind: String(document.get('kind')),
          name: String(document.getIn(['metadata', 'name'])),
          file,
          lines: [lineOf(start), lineOf(end)],
          // A name may come with its namespace.
          words: new Set(
            scalars(document.contents).flatMap((word) => [word, word.split('/').at(-1) ?? word]),
          ),
        },
      ];
    });
  });
}

/** Returns the mesh without each field of its documents of some kinds, one field at a time. */
export function* removedFields(all: SourceSet, kinds: readonly string[]): Iterable<RemovedField> {
  const places = documentPlaces(all);
  for (const source of all.sources) {
    const documents = parseAllDocuments(Buffer.from(source.bytes).toString('utf8')).filter(({ contents }) =>
      isMap(contents),
    );
    const own = places.filter(({ file }) => file === source.file);
    const texts = documents.map(textOf);
    for (const [position, document] of documents.entries()) {
      const place = own[position];
      if (place === undefined || !kinds.includes(place.kind)) continue;
      for (const path of paths(document.get('spec'))) {
        const field = path.map((key) => (typeof key === 'number' ? '#' : key)).join('.');
        const sources = (): SourceSet => {
          const changed = document.clone();
          changed.deleteIn(['spec', ...path]);
          const bytes = Buffer.from(texts.with(position, textOf(changed)).join('---\n'));
          return { ...all, sources: all.sources.map((one) => (one === source ? { ...one, bytes } : one)) };
        };
        yield { document: place, field, sources };
      }
    }
  }
}

function textOf(document: Document): string {
  return document.toString().replace(/^---\n/, '');
}

function* paths(node: unknown, at: Path = []): Iterable<Path> {
  const inner = isMap(node)
    ? node.items.map(({ key, value }) => [String(isScalar(key) ? key.value : key), value] as const)
    : isSeq(node)
      ? [...node.items.entries()]
      : [];
  for (const [key, value] of inner) {
    yield [...at, key];
    yield* paths(value, [...at, key]);
  }
}

function scalars(node: unknown): readonly string[] {
  if (isScalar(node)) return [String(node.value)];
  if (isMap(node)) return node.items.flatMap(({ value }) => scalars(value));
  return isSeq(node) ? node.items.flatMap(scalars) : [];
}
