import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { closest } from '../lib/closest.ts';
import { didYouMean } from '../lib/did-you-mean.ts';
import { escapeControl } from '../lib/escape-control.ts';
import { quoted } from '../lib/quoted.ts';
import { locatePath } from '../source/locate.ts';
import { describeValue } from './describe-value.ts';
import { emptiedMap } from './emptied-map.ts';
import { everybodySpelling } from './everybody.ts';
import { foreignWord } from './foreign-words.ts';
import { ownSpelling } from './own-spelling.ts';
import { replacement } from './replacement.ts';
import { ownerOf, resolved, type Schema, schemaAt } from './schema.ts';
import { messages } from './schema-messages.ts';
import type { SchemaProblem } from './schema-problem.ts';

/** Returns the finding about a field that the schema does not have. */
export function unknownField(root: object, problem: SchemaProblem): Diagnostic {
  const field = String(problem.params['additionalProperty']);
  const owner = ownerOf(problem.pointer);
  const known = Object.keys(owner?.properties ?? {});
  const location = locatePath(root, [...problem.path, field], 'key');
  const nearest = closest(field, known);
  const hint =
    nearest === undefined ? placeHint(root, problem, field, owner, known) : `; did you mean "${nearest}"?`;
  const values = { field: escapeControl(shortened(field)), hint };
  return finding(messages, 'MESH1100', location, values, replacement(location, nearest));
}

/** Returns the end of a sentence about a field like no known one: its spelling, place or meaning in this language. */
function placeHint(
  root: object,
  { path, value }: SchemaProblem,
  field: string,
  owner: Schema | undefined,
  known: readonly string[],
): string {
  const own = (value as Readonly<Record<string, unknown>>)[field];
  const spelling = ownSpelling({ root, path, title: owner?.title ?? '', field, value: own });
  if (spelling !== undefined) return spelling;
  const home = emptiedMap(value, owner?.properties, field) ?? homeOf(field, root, path, owner);
  if (home !== undefined) return `; it belongs in "${home}"`;
  const entry = entryWith(field, owner);
  if (entry !== undefined) return `; it belongs in an entry of "${entry}"`;
  const meant = foreignWord(field, known);
  return meant === undefined ? didYouMean(field, known) : `; did you mean "${meant}"?`;
}

/** Returns the name of the map, one level below or above, that has a field of this name; undefined if there is none. */
function homeOf(
  field: string,
  root: object,
  path: readonly string[],
  owner: Schema | undefined,
): string | undefined {
  const hasField = (schema: Schema) => Object.hasOwn(resolved(schema).properties ?? {}, field);
  const below = Object.entries(owner?.properties ?? {}).find(
    ([, schema]) => typeof schema === 'object' && hasField(schema),
  );
  if (below !== undefined) return below[0];
  const kind = (root as Readonly<Record<string, unknown>>)['kind'];
  for (let length = path.length - 1; length > 0; length -= 1) {
    const above = path.slice(0, length);
    const schema = schemaAt(
      `${String(kind)}Document`,
      above.map((key) => (/^\d+$/.test(key) ? Number(key) : key)),
    );
    if (schema !== undefined && hasField(schema)) return above.findLast((key) => !/^\d+$/.test(key));
  }
  return undefined;
}

/** Returns the only list or map beside a field whose entries have a field of this name; undefined if there is none. */
function entryWith(field: string, owner: Schema | undefined): string | undefined {
  const homes = Object.entries(owner?.properties ?? {}).flatMap(([name, schema]) => {
    if (typeof schema !== 'object') return [];
    const { items, additionalProperties } = resolved(schema);
    const inner = items ?? additionalProperties;
    return typeof inner === 'object' && Object.hasOwn(resolved(inner).properties ?? {}, field) ? [name] : [];
  });
  return homes.length === 1 ? homes[0] : undefined;
}

/** The longest name of a field that a message repeats in full, in characters. */
const longestField = 200;

function shortened(field: string): string {
  return field.length > longestField ? `${field.slice(0, longestField)}…` : field;
}

/** Returns the finding about a missing field, or about several fields of which one is required. */
export function missingField(root: object, problem: SchemaProblem): Diagnostic {
  const { pointer, params, path } = problem;
  const condition = ownerOf(pointer)?.if;
  if (condition !== undefined && 'minProperties' in condition) return tooManyFields(root, problem);
  const others = Object.entries(condition?.properties ?? {}).filter(([, schema]) => schema === false);
  return missing(root, path, [String(params['missingProperty']), ...others.map(([name]) => name)]);
}

/** Returns the finding about a field that needs another one. */
export function lonelyField(root: object, { params, path }: SchemaProblem): Diagnostic {
  const field = String(params['property']);
  const location = locatePath(root, [...path, field], 'key');
  return finding(messages, 'MESH1107', location, { field, other: String(params['missingProperty']) });
}

/** Returns the finding about a map without the field, or without any entry, that it needs. */
export function tooFewFields(root: object, { pointer, path, value }: SchemaProblem): Diagnostic {
  const fields = Object.keys(ownerOf(pointer)?.properties ?? {});
  if (fields.length > 0) return missing(root, path, fields);
  const location = locatePath(root, path, 'key');
  return finding(messages, 'MESH1105', location, {
    found: describeValue(value),
    problem: 'too little: give one entry at least',
  });
}

/** Returns the finding about a map with fields that exclude each other. */
export function tooManyFields(root: object, { pointer, path, value }: SchemaProblem): Diagnostic {
  const found = Object.keys(value as object);
  const alternatives = Object.keys(ownerOf(pointer)?.properties ?? {});
  const values = { fields: listed(alternatives, 'and'), found: listed(found, 'and') };
  return finding(messages, 'MESH1106', locatePath(root, [...path, found[1] ?? ''], 'key'), values);
}

function missing(root: object, path: readonly string[], fields: readonly string[]): Diagnostic {
  const location = locatePath(root, path.length === 0 ? ['kind'] : path, 'key');
  const field = path.at(-1);
  const where = field === undefined ? '' : /^\d+$/.test(field) ? ' here' : ` in ${quoted(field)}`;
  const callers = fields.includes('from') && field === 'allow' ? `; ${everybodySpelling}` : '';
  return finding(messages, 'MESH1101', location, { what: listed(fields, 'or'), where: `${where}${callers}` });
}

/** Returns at most eight names, each in quotes, joined by commas and `joint`. */
function listed(names: readonly string[], joint: 'and' | 'or'): string {
  const shown = names.slice(0, 8).map((name) => quoted(name, 30));
  if (names.length > 8) shown.push(`${String(names.length - 8)} more`);
  return shown.length < 2
    ? shown.join('')
    : `${shown.slice(0, -1).join(', ')} ${joint} ${shown.at(-1) ?? ''}`;
}
