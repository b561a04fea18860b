import type { Location } from '../location.ts';
import type { Fate, FateType } from './fate.ts';
import type { Field } from './field.ts';
import type { NativeDocument } from './native-document.ts';

/** One leaf field of a native object with its fate; `unaccounted` if the reader marked it in no way. */
export interface LedgerEntry {
  readonly document: NativeDocument;
  readonly path: readonly (string | number)[];
  readonly location: Location;
  readonly fate: Fate | { readonly type: 'unaccounted' };
  /** The path of the field that has the mark: the leaf itself, or a field above it. */
  readonly marked: readonly (string | number)[];
}

/**
 * Returns the fate of every leaf field of a document: a value that is no map and no list, or an empty one. A mark holds for
 * all leaves below it; a value of another shape than the readers look into is lost. A difference (`lost`, then `carried differently`) of a container wins over a better mark below it;
 * otherwise the nearest mark decides, and of the marks of one field the worst.
 */
export function ledgerOf(document: NativeDocument): readonly LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  visit(document.root, undefined, ({ path, location }, { fate, marked }) => {
    entries.push({ document, path, location, fate, marked });
  });
  return entries;
}

type Marked<F> = { readonly fate: F; readonly marked: LedgerEntry['marked'] };
type Visit = (field: Field, found: Marked<LedgerEntry['fate']>) => void;

function visit(field: Field, above: Marked<Fate> | undefined, found: Visit): void {
  if (above === undefined && field.wantedShape !== undefined && !isMarked(field))
    field.malformed(field.wantedShape);
  const own = worst(field.marks);
  const here = own === undefined || outranks(above, own) ? above : { fate: own, marked: field.path };
  const below = childrenOf(field);
  if (below.length > 0) for (const child of below) visit(child, here, found);
  else found(field, here ?? { fate: unmarked(field), marked: field.path });
}

/** Returns true if a reader has marked a field or one below it. */
function isMarked(field: Field): boolean {
  return field.marks.length > 0 || childrenOf(field).some(isMarked);
}

/** Returns true for a mark of a container that says a difference which the field's own mark doesn't. */
function outranks(above: Marked<Fate> | undefined, own: Fate): boolean {
  const rank = above === undefined ? 0 : severity.indexOf(above.fate.type);
  return rank >= severity.indexOf('carried differently') && rank > severity.indexOf(own.type);
}

function childrenOf(field: Field): readonly Field[] {
  const { value } = field;
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value)
    ? value.map((_item: unknown, index) => field.item(index))
    : Object.keys(value).map((name) => field.at(name));
}

/** Native configuration takes null as left out; API servers write out the empty specification of an object that has none. */
function unmarked({ path, value }: Field): LedgerEntry['fate'] {
  if (value === null) return { type: 'without effect', why: 'null is the same as leaving the field out' };
  return path.length === 1 && path[0] === 'spec' && isEmptyMap(value)
    ? { type: 'without effect', why: 'an empty specification says nothing' }
    : { type: 'unaccounted' };
}

function isEmptyMap(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value) && Object.keys(value ?? {}).length === 0;
}

const severity: readonly FateType[] = ['without effect', 'carried', 'carried differently', 'lost'];

function worst(marks: readonly Fate[]): Fate | undefined {
  return marks.reduce<Fate | undefined>(
    (most, mark) =>
      most === undefined || severity.indexOf(mark.type) > severity.indexOf(most.type) ? mark : most,
    undefined,
  );
}
