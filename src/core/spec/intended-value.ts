import { everybodyAs, isEverybody } from './everybody.ts';
import { intendedText } from './intended-text.ts';
import { isKind } from './kinds.ts';
import { resolved, type Schema, schemaAt } from './schema.ts';
import { usualProtocol } from './usual-protocol.ts';
import { validators } from './validate.gen.ts';

/** A value that its field doesn't accept. */
export interface Refused {
  readonly root: object;
  /** The path from the root of the document. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** The text of a scalar as written, which may differ from the value: 1.30 is the number 1.3. */
  readonly written: string;
}

/**
 * Returns the value that a refused one most likely stands for, such as `{exact: tester}` for `tester` in a condition;
 * undefined if no guess fits the schema.
 */
export function intendedValue({ root, path, value, written }: Refused): unknown {
  const kind = (root as Readonly<Record<string, unknown>>)['kind'];
  const along = steps(root, path);
  const schema = isKind(kind) ? schemaAt(`${kind}Document`, along) : undefined;
  if (schema === undefined) return undefined;
  const given = { value, written, key: path.at(-1) ?? '', isAllowed: path.includes('allow') };
  for (const guess of guesses(schema, given, 3)) if (fits(root, along, guess)) return guess;
  return undefined;
}

/** Returns the path with indices of lists as numbers. */
function steps(root: object, path: readonly string[]): readonly (string | number)[] {
  let container: unknown = root;
  return path.map((key) => {
    const step = Array.isArray(container) ? Number(key) : key;
    container = (container as Readonly<Record<string, unknown>>)[key];
    return step;
  });
}

interface Given {
  readonly value: unknown;
  readonly written: string;
  /** The key of the value in its map. */
  readonly key: string;
  /** True in a rule that allows calls, where the narrower guess is the safe one. */
  readonly isAllowed: boolean;
}

/** Yields what a value may stand for, the likeliest first; `depth` limits the maps and lists around it. */
function* guesses(schema: Schema, given: Given, depth: number): Iterable<unknown> {
  const types = ([] as unknown[]).concat(schema.type ?? []);
  if (schema.title === 'Principal') {
    const everybody = everybodyAs(given.written, given.isAllowed);
    if (everybody !== undefined) yield everybody;
  }
  if (isScalar(given.value)) yield* scalars(schema, types, given);
  if (depth === 0) return;
  if (types.includes('array') && !Array.isArray(given.value)) {
    const weighted = weightedVersions(schema, given);
    if (weighted !== undefined) yield weighted;
    if (!isEverybody(given.value)) yield [given.value];
    for (const inner of guesses(resolved(schema.items ?? {}), given, depth - 1)) yield [inner];
  }
  if (types.includes('object')) yield* maps(schema, given, depth);
}

/** Returns the backends that a map of weights by version stands for; undefined for anything else. */
function weightedVersions(schema: Schema, { value, key }: Given): unknown {
  if (key !== 'backends' || typeof value !== 'object' || value === null) return undefined;
  if (resolved(schema.items ?? {}).title !== 'Backend') return undefined;
  return Object.entries(value as Readonly<Record<string, unknown>>).map(([version, weight]) => ({
    version,
    weight: typeof weight === 'string' && /^\d+ ?%$/.test(weight) ? Number.parseInt(weight, 10) : weight,
  }));
}

function* scalars(
  schema: Schema,
  types: readonly unknown[],
  { value, written, key }: Given,
): Iterable<unknown> {
  // A share between 0 and 1 in hundredths.
  if (key === 'weight' && typeof value === 'number' && value > 0 && value < 1)
    yield Number((value * 100).toFixed(9));
  if (typeof value === 'string' && types.includes('integer') && /^\d+ ?%?$/.test(value))
    yield Number.parseInt(value, 10);
  if (typeof value === 'string' && types.includes('boolean')) yield* truthValues(value);
  if (isScalar(value) && types.includes('string')) yield* intendedText(schema, value, written);
}

function* maps(schema: Schema, given: Given, depth: number): Iterable<unknown> {
  const { value, key } = given;
  if (Array.isArray(value)) {
    if (isRule(schema)) yield { from: value };
    yield* keyed(value);
    if (key === 'endpoints') yield { default: value };
    if (key === 'ports') yield* numbered(value);
  } else if (value === true && key === 'tls') yield {};
  else if (schema.title === 'Version') yield* version(given);
  else if (key === 'versions' && typeof value === 'string') yield { [value]: {} };
  else if (schema.title === 'PathMatch' && isEverybody(value)) yield { prefix: '/' };
  else if (isScalar(value)) yield* entries(schema, given, depth);
  else if (value === null || value === undefined) yield {};
}

/** Yields the version that a scalar stands for; a share says nothing about the version itself. */
function* version({ value }: Given): Iterable<unknown> {
  if (typeof value === 'string' && !/^\d+ ?%?$/.test(value)) yield { labels: { version: value } };
  if (value === true || value === null) yield {};
}

/** Returns true for the rules of an Access. */
function isRule({ title }: Schema): boolean {
  return title === 'AllowRule' || title === 'DenyRule';
}

function* truthValues(value: string): Iterable<boolean> {
  if (/^(?:yes|on|true|y|enabled?)$/i.test(value)) yield true;
  if (/^(?:no|off|false|n|disabled?)$/i.test(value)) yield false;
}

/** Yields the map that a list stands for: of names, of maps with a `name`, or of maps with one key each. */
function* keyed(list: readonly unknown[]): Iterable<unknown> {
  if (list.length === 0) return;
  if (list.every((item) => typeof item === 'string'))
    yield Object.fromEntries(list.map((item) => [item, {}]));
  const named = list.flatMap((item) => {
    if (typeof item !== 'object' || item === null) return [];
    const { name, ...rest } = item as Readonly<Record<string, unknown>>;
    return typeof name === 'string' ? [[name, rest] as const] : [];
  });
  if (named.length === list.length && new Set(named.map(([name]) => name)).size === list.length)
    yield Object.fromEntries(named);
}

/** Yields the ports that a list of numbers stands for, with names of their usual protocols. */
function* numbered(list: readonly unknown[]): Iterable<unknown> {
  const ports = list.map((port) => [usualProtocol(Number(port)), { port }] as const);
  if (new Set(ports.map(([name]) => name)).size === list.length) yield Object.fromEntries(ports);
}

/** Yields maps of one entry with a scalar as its value, or with the value that the scalar stands for there. */
function* entries(schema: Schema, given: Given, depth: number): Iterable<unknown> {
  const { properties = {} } = schema;
  const [, field = '', rest = ''] = /^([A-Za-z]+):(\S.*)$/.exec(String(given.value)) ?? [];
  if (Object.hasOwn(properties, field)) yield { [field]: rest };
  for (const name of leadingFields(schema, given)) {
    const inner = properties[name];
    if (typeof inner !== 'object') continue;
    const beside = /^(?:Service|External)Port$/.test(schema.title ?? '') ? protocolBeside(given) : {};
    yield { [name]: given.value, ...beside };
    const own = { ...given, key: name };
    for (const guess of guesses(resolved(inner), own, depth - 1)) yield { [name]: guess, ...beside };
  }
}

/** Returns the fields that a scalar in place of the map may be meant for. */
function leadingFields(schema: Schema, { isAllowed, value }: Given): readonly string[] {
  const { title, required = [] } = schema;
  if (isRule(schema)) return ['from'];
  if (title === 'Backend' && /^v\d/.test(String(value))) return ['version'];
  if (title === 'PathMatch') return isAllowed ? ['exact', 'prefix'] : ['prefix', 'exact'];
  return [...required, 'exact', 'attempts', 'service'];
}

/** Returns the protocol of a port whose name names none, by the number of the port. */
function protocolBeside({ key, written }: Given): Readonly<Record<string, string>> {
  const known = schemaAt('Protocol', [])?.enum ?? [];
  return known.includes(key) ? {} : { protocol: usualProtocol(Number(written)) };
}

/**
 * Returns true if a value at a path has no error of its own. The validator reads a document that holds nothing else, so
 * that the time doesn't depend on the size of the document.
 */
function fits(root: object, path: readonly (string | number)[], value: unknown): boolean {
  const kind = (root as Readonly<Record<string, unknown>>)['kind'];
  if (!isKind(kind)) return false;
  let document = value;
  for (const key of [...path].reverse())
    document = typeof key === 'number' ? [document] : { [key]: document };
  const isValid = validators[kind];
  if (isValid(document)) return true;
  const pointer = path.map((key) => (typeof key === 'number' ? '0' : escapePointer(key))).join('/');
  return !(isValid.errors ?? []).some(({ instancePath }) => `${instancePath}/`.startsWith(`/${pointer}/`));
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
