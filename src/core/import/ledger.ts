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
}

/**
 * Returns the fate of every leaf field of a document: a value that is no map and no list, or an empty one. A mark holds for
 * all leaves below it. `lost` wins over all marks on the way to the leaf; otherwise the nearest mark decides, and of the
 * marks of one field the worst.
 */
export function ledgerOf(document: NativeDocument): readonly LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  visit(document.root, undefined, (field, fate) => {
    entries.push({ document, path: field.path, location: field.location, fate });
  });
  return entries;
}

type Visit = (field: Field, fate: LedgerEntry['fate']) => void;

function visit(field: Field, above: Fate | undefined, found: Visit): void {
  const own = worst(field.marks);
  const fate = above?.type === 'lost' ? above : (own ?? above);
  const below = childrenOf(field);
  if (below.length > 0) for (const child of below) visit(child, fate, found);
  else found(field, fate ?? unmarked(field));
}

function childrenOf(field: Field): readonly Field[] {
  const { value } = field;
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value)
    ? value.map((_item: unknown, index) => field.item(index))
    : Object.keys(value).map((name) => field.at(name));
}

/** Native configuration takes null as left out. */
function unmarked({ value }: Field): LedgerEntry['fate'] {
  return value === null
    ? { type: 'without effect', why: 'null is the same as leaving the field out' }
    : { type: 'unaccounted' };
}

const severity: readonly FateType[] = ['without effect', 'carried', 'carried differently', 'lost'];

function worst(marks: readonly Fate[]): Fate | undefined {
  return marks.reduce<Fate | undefined>(
    (most, mark) =>
      most === undefined || severity.indexOf(mark.type) > severity.indexOf(most.type) ? mark : most,
    undefined,
  );
}
