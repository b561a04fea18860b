import { type FieldSchema, resolved } from '../spec/field-schema.ts';
import type { BlockLayout, Entry, Layout } from './layout.ts';

/**
 * Puts the fields of a value into the order in which the language lists them; names that people choose stay as written.
 */
export function sortLayout(layout: Layout, schema: FieldSchema | undefined): Layout {
  if (layout.type !== 'block' && layout.type !== 'flow') return layout;
  const { properties, additionalProperties, items } = schema === undefined ? {} : resolved(schema);
  const rest = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  const below = (entry: Entry): FieldSchema | undefined => {
    if (!layout.isMap) return items;
    const { name } = entry;
    return properties && name !== undefined && Object.hasOwn(properties, name) ? properties[name] : rest;
  };
  const sorted = {
    ...layout,
    entries: layout.entries.map((entry) => ({ ...entry, value: sortLayout(entry.value, below(entry)) })),
  };
  if (!layout.isMap || properties === undefined) return sorted;
  const order = new Map(Object.keys(properties).map((name, index) => [name, index]));
  const place = ({ name = '' }: Entry): number => order.get(name) ?? order.size;
  const entries = sorted.entries.toSorted((a, b) => place(a) - place(b));
  if (entries.every((entry, index) => entry === sorted.entries[index])) return sorted;
  if (!keepsAnchors(entries)) return sorted;
  return sorted.type === 'block' ? moved(sorted, entries) : { ...sorted, entries };
}

/** Moves a blank line above the new first entry to the old first entry. */
function moved(layout: BlockLayout, entries: readonly Entry[]): BlockLayout {
  const [before] = layout.entries;
  const [first] = entries;
  if (first === before) return { ...layout, entries };
  const swapped = entries.map((entry) => {
    if (entry === first) return { ...entry, blank: false };
    return entry === before ? { ...entry, blank: entry.blank || first?.blank === true } : entry;
  });
  return { ...layout, entries: swapped };
}

/** Returns true if each alias comes after its anchor and no anchor occurs twice. */
function keepsAnchors(entries: readonly Entry[]): boolean {
  const words = entries.map((entry) => wordsOf(entry));
  const anchors = words.flat().filter((word) => word.startsWith('&'));
  if (new Set(anchors).size < anchors.length) return false;
  const seen = new Set<string>();
  for (const word of words.flat()) {
    if (word.startsWith('&')) seen.add(word.slice(1));
    else if (anchors.includes(`&${word.slice(1)}`) && !seen.has(word.slice(1))) return false;
  }
  return true;
}

/** Returns the words for the anchors (`&x`) and aliases (`*x`) of an entry in order. */
function wordsOf({ key = '', value }: Entry): readonly string[] {
  const isWord = (word: string): boolean => word.startsWith('&') || word.startsWith('*');
  const own = [...key.split(' '), ...value.properties].filter(isWord);
  if (value.type === 'scalar') return [...own, value.text].filter(isWord);
  if (value.type !== 'block' && value.type !== 'flow') return own;
  return [...own, ...value.entries.flatMap(wordsOf)];
}
