import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { closest } from '../lib/closest.ts';
import { firstSentence } from '../lib/first-sentence.ts';
import { flow } from '../lib/flow.ts';
import { quoted } from '../lib/quoted.ts';
import { locatePath, spanAlong } from '../source/locate.ts';
import { locationAt } from '../source/span.ts';
import { describeValue, shown } from './describe-value.ts';
import { isEmptied } from './emptied-map.ts';
import { everybodyMeaning, everybodySpelling, isEverybody } from './everybody.ts';
import { intendedValue } from './intended-value.ts';
import { replacement } from './replacement.ts';
import { descriptionAt, ownerOf, resolved, schemaAt } from './schema.ts';
import { messages } from './schema-messages.ts';
import type { SchemaProblem } from './schema-problem.ts';
import { sharesOfVersions } from './shares-of-versions.ts';

/** Returns the finding about a value whose type the field does not accept. */
export function wrongType(root: object, { pointer, params, path, value }: SchemaProblem): Diagnostic {
  const types = ([] as unknown[]).concat(params['type']).map(String);
  const words = ownerOf(pointer)?.enum;
  const intended = intendedEdit(root, path, value);
  const isSame = typeof value !== 'number' || /^"[\w.+-]*"$/.test(intended ?? '');
  const isQuoted = intended?.startsWith('"') === true && isSame;
  const values = {
    expected:
      words === undefined
        ? types.map((type) => typeNames[type] ?? type).join(' or ')
        : `one of ${words.join(', ')}`,
    found: describeValue(value),
    hint:
      intended === undefined
        ? fieldOfEntry(root, path) ||
          shareOf(root, { pointer, path, value }) ||
          leftOut(root, path, value) ||
          reshaped(types, value)
        : `; ${isQuoted ? 'put it in quotes:' : 'write'} ${intended}${aboutCallers(path, value, intended)}`,
  };
  return finding(
    messages,
    'MESH1102',
    locatePath(root, path),
    values,
    rewriting(root, path, value, intended),
  );
}

/** Returns a hint for a field that is written in place of an entry of a map; empty for any other field. */
function fieldOfEntry(root: object, path: readonly string[]): string {
  const kind = String((root as Readonly<Record<string, unknown>>)['kind']);
  const steps = path.slice(0, -1).map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const { properties, additionalProperties } = schemaAt(`${kind}Document`, steps) ?? {};
  const [map = '', field = ''] = path.slice(-2);
  const isEntry = properties === undefined && typeof additionalProperties === 'object';
  return isEntry && Object.hasOwn(resolved(additionalProperties).properties ?? {}, field)
    ? `; "${map}" has entries by names of your own, so write one above: {NAME: {${field}: …}}`
    : '';
}

/** Returns a hint for a share that is written in place of a version; empty for any other value. */
function shareOf(root: object, { pointer, path, value }: Pick<SchemaProblem, 'pointer' | 'path' | 'value'>) {
  const isShare = typeof value === 'number' || (typeof value === 'string' && /^\d+ ?%?$/.test(value));
  return isShare && ownerOf(pointer)?.title === 'Version' ? sharesOfVersions(root, path) : '';
}

/** Returns the meaning of a replacement that stands for all callers; empty for any other replacement. */
function aboutCallers(path: readonly string[], value: unknown, intended: string): string {
  const isOfCallers = path.includes('from') || ['allow', 'deny'].includes(path.at(-1) ?? '');
  return isOfCallers && isEverybody(value) ? ` for ${everybodyMeaning(intended)}` : '';
}

/** Returns a hint for `all` that is written in place of a list of conditions; empty for any other value. */
function leftOut(root: object, path: readonly string[], value: unknown): string {
  const isCondition = ['allow', 'deny', 'match'].some((key) => path.slice(0, -1).includes(key));
  const field = path.at(-1) ?? '';
  return isCondition && isEverybody(value) && !isRequired(root, path)
    ? `; leave ${quoted(field)} out to mean all of them`
    : '';
}

/** Returns true for a field that its map has to have. */
function isRequired(root: object, path: readonly string[]): boolean {
  const kind = String((root as Readonly<Record<string, unknown>>)['kind']);
  const around = path.slice(0, -1).map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  return schemaAt(`${kind}Document`, around)?.required?.includes(path.at(-1) ?? '') ?? false;
}

/** Returns a hint for a list in place of a map, or a map in place of a list; their parts have errors of their own. */
function reshaped(types: readonly string[], value: unknown): string {
  if (types.includes('array') && typeof value === 'object' && value !== null && !Array.isArray(value))
    return '; write a list: a dash before its first line, or brackets around it';
  if (!types.includes('object') || !Array.isArray(value)) return '';
  const names = value.flatMap((item: unknown) => {
    const { name } = (item ?? {}) as { readonly name?: unknown };
    return typeof name === 'string' ? [name] : [];
  });
  const isNamed = names.length > 0 && names.length === value.length;
  return isNamed
    ? `; write the names as keys, without \`name\`: {${quoted(names[0] ?? '').slice(1, -1)}: {…}}`
    : '';
}

/** Returns the text in place of a value that its field doesn't accept; undefined if no guess fits. */
function intendedEdit(root: object, path: readonly string[], value: unknown): string | undefined {
  const { text, start, end } = spanAlong(root, path);
  const intended = intendedValue({
    root,
    path,
    value,
    written: scalarText(text.text.slice(start, end), value),
  });
  // An empty map would hide that its entries stand beside it.
  if (intended === undefined || (value === null && isEntriesBeside(root, path))) return undefined;
  const edit = flow(intended);
  return edit.length > longestEdit ? undefined : edit;
}

/** Returns true if the entries of an empty field stand beside it. */
function isEntriesBeside(root: object, path: readonly string[]): boolean {
  const around = path.slice(0, -1);
  const kind = String((root as Readonly<Record<string, unknown>>)['kind']);
  const holder = around.reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)[key], root);
  const steps = around.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  return isEmptied(holder, schemaAt(`${kind}Document`, steps)?.properties, path.at(-1) ?? '');
}

/** Returns a number or truth value as written, and a text without its quotes. */
function scalarText(written: string, value: unknown): string {
  return typeof value === 'string' ? value : written;
}

/** The longest replacement that a message repeats, in characters. */
const longestEdit = 120;

/** Returns the fix that rewrites a value; no fix for several lines, whose comments would get lost. */
function rewriting(root: object, path: readonly string[], value: unknown, edit: string | undefined) {
  const { text, start, end } = spanAlong(root, path);
  const written = text.text.slice(start, end);
  if (value === null && edit !== undefined) {
    // An empty value has the place of its key.
    if (text.text[end] !== ':') return {};
    const edits = [{ location: locationAt(text, end + 1), text: ` ${edit}` }];
    return { fix: { title: `write ${edit}`, edits } };
  }
  return replacement(locatePath(root, path), written === '' || /[\r\n#]/.test(written) ? undefined : edit);
}

/** Returns the finding about a word that the field does not accept. */
export function unknownWord(root: object, { params, path, value }: SchemaProblem): Diagnostic {
  const known = (params['allowedValues'] as readonly unknown[]).map(String);
  const location = locatePath(root, path);
  const nearest =
    typeof value === 'string' && value !== 'https' ? closest(value.toLowerCase(), known) : undefined;
  const hint =
    nearest !== undefined
      ? `; did you mean "${nearest}"?`
      : known.includes('tls') && value === 'https'
        ? https
        : '';
  const values = { found: shown(value), known: known.join(', '), hint };
  return finding(messages, 'MESH1103', location, values, replacement(location, nearest));
}

/**
 * Returns the finding about a value that doesn't have the form of its field, which the schema's description explains.
 */
export function unfit(root: object, { pointer, params, path, value }: SchemaProblem): Diagnostic {
  const location = locatePath(root, path);
  const nearest = typeof value === 'string' ? closest(value, wordsOf(params['pattern'])) : undefined;
  const intended = nearest ?? intendedEdit(root, path, value);
  const hint =
    intended === undefined ? '' : ` Did you mean ${nearest === undefined ? intended : `"${intended}"`}?`;
  const isCaller = path.includes('from') && isEverybody(value);
  const form = hint === '' ? outside(value, pointer) + portOf(value, pointer) : '';
  const wanted = isCaller
    ? intended === undefined
      ? `Of callers, ${everybodySpelling}.`
      : `That is ${everybodyMeaning(intended)}.`
    : `${firstSentence(descriptionAt(pointer))}${form}`;
  const values = { found: shown(value), hint, wanted };
  return finding(messages, 'MESH1104', location, values, rewriting(root, path, value, intended));
}

/** Returns the way out for the name of a host in place of a service. */
function outside(value: unknown, pointer: string): string {
  const { title = '' } = ownerOf(pointer) ?? {};
  const isHost = typeof value === 'string' && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(value);
  return isHost && ['Call', 'ServiceReference'].includes(title)
    ? ` A host outside the mesh is an External: declare one with hosts: [${value}], and write its name here.`
    : '';
}

/** Returns the range of ports for an address whose port lies outside it; empty for any other value. */
function portOf(value: unknown, pointer: string): string {
  const [, port] = /:(\d+)$/.exec(typeof value === 'string' ? value : '') ?? [];
  const isAddress = descriptionAt(pointer).startsWith('A host and a port');
  return isAddress && port !== undefined && (Number(port) < 1 || Number(port) > 65_535)
    ? ' A port is a number from 1 to 65535.'
    : '';
}

/** The hint for `https`, which is two protocols of the language. */
const https =
  '; write tls if the application starts or ends TLS itself, http if the proxy does (at an External with tls: {})';

/** Returns the words that a pattern lists; none if the pattern isn't a list of words. */
function wordsOf(pattern: unknown): readonly string[] {
  const words = /^\^(?:\(\?:)?([A-Za-z|]+)\)?\$$/.exec(typeof pattern === 'string' ? pattern : '');
  return words?.[1]?.split('|') ?? [];
}

/** Returns the finding about a key that doesn't have the form of the map's keys. */
export function unfitKey(root: object, { pointer, params, path }: SchemaProblem): Diagnostic {
  const key = String(params['propertyName']);
  const values = { found: `the key ${quoted(key)}`, hint: '', wanted: firstSentence(descriptionAt(pointer)) };
  return finding(messages, 'MESH1104', locatePath(root, [...path, key], 'key'), values);
}

/** Returns the finding about a number, text or list that is too small or too large. */
export function outOfRange(root: object, { keyword, params, path, value }: SchemaProblem): Diagnostic {
  const limit = String(params['limit']);
  const location = locatePath(root, path);
  if (Array.isArray(value) && value.length === 0) {
    const callers = path.at(-1) === 'from' ? `; ${everybodySpelling}` : '';
    const out = isRequired(root, path) ? '' : ', or leave the field out';
    const problem = `empty: give one entry at least${out}${callers}`;
    return finding(messages, 'MESH1105', location, { found: 'the list', problem });
  }
  const found = Array.isArray(value) ? 'the list' : shown(value);
  return finding(messages, 'MESH1105', location, { found, problem: (limits[keyword] ?? unlimited)(limit) });
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
};

const limits: Readonly<Record<string, (limit: string) => string>> = {
  minimum: (limit) => `too small: at least ${limit}`,
  maximum: (limit) => `too large: at most ${limit}`,
  exclusiveMinimum: (limit) => `too small: more than ${limit}`,
  exclusiveMaximum: (limit) => `too large: less than ${limit}`,
  minLength: (limit) => `too short: at least ${limit} ${limit === '1' ? 'character' : 'characters'}`,
  maxLength: (limit) => `too long: at most ${limit} characters`,
  minItems: (limit) => `too short: at least ${limit} entries`,
  maxItems: (limit) => `too long: at most ${limit} entries`,
};

const unlimited = (limit: string): string => `outside its limit of ${limit}`;
