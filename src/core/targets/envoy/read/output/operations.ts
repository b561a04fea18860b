import type { Field } from '../../../../import/field.ts';
import { isHostPattern } from '../../../../import/written-values.ts';
import { pathMatches } from '../../../../ir/string-match.ts';
import type { AccessTo, HeaderMatches, PathMatch } from '../../../../spec/types.gen.ts';
import { hole } from './forms.ts';
import { readHeaderCondition } from './header-conditions.ts';
import type { Reading } from './reading.ts';

/** The reading of one set of rules, with the names of the headers that they read. */
export interface RulesReading {
  readonly reading: Reading;
  readonly headers: Set<string>;
}

/** The words for groups of conditions: those of permissions, or those of principals. */
export interface Words {
  readonly and: 'and_rules' | 'and_ids';
  readonly or: 'or_rules' | 'or_ids';
  readonly not: 'not_rule' | 'not_id';
  readonly list: 'rules' | 'ids';
}

export const permissionWords: Words = { and: 'and_rules', or: 'or_rules', not: 'not_rule', list: 'rules' };
export const principalWords: Words = { and: 'and_ids', or: 'or_ids', not: 'not_id', list: 'ids' };

/** Reads a condition on a call as alternatives, of which one has to fit; an empty one is no condition. */
export function readOperations(context: RulesReading, field: Field, words: Words): readonly AccessTo[] {
  const { reading } = context;
  const [key = ''] = keysOf(field);
  const value = field.at(key);
  if (keysOf(field).length !== 1) reading.report(field, 'one condition');
  switch (key) {
    case 'any':
      reading.take(value, true);
      return [{}];
    case words.or:
      return readAlternatives(context, listOf(reading, value, words), words);
    case words.and:
      return listOf(reading, value, words)
        .items()
        .map((one) => readOperations(context, one, words))
        .reduce<readonly AccessTo[]>(
          (before, next) => before.flatMap((one) => next.map((other) => joined(context, field, one, other))),
          [{}],
        );
    case words.not: {
      const one = readHeader(context, value.at('header'), true);
      if (keysOf(value).join() !== 'header') reading.report(value, 'the opposite of a condition on a header');
      return [one];
    }
    case 'header':
      return [readHeader(context, value, false)];
    case 'url_path':
      return [{ paths: readPaths(context, field, [value]) }];
    default:
      reading.report(value, 'a condition on a call');
      return [];
  }
}

/** Reads a group, and returns the list of its conditions. */
function listOf(reading: Reading, group: Field, { list }: Words): Field {
  reading.check(group, { [list]: hole('all') });
  return group.at(list);
}

function readAlternatives(context: RulesReading, list: Field, words: Words): readonly AccessTo[] {
  const items = list.items();
  if (items.every((item) => keysOf(item).join() === 'url_path'))
    return [
      {
        paths: readPaths(
          context,
          list,
          items.map((item) => item.at('url_path')),
        ),
      },
    ];
  const all = items.flatMap((item) => readOperations(context, item, words));
  if (all.some((one) => keyCount(one) === 0)) return [{}];
  for (const name of ['methods', 'hosts'] as const) {
    if (all.length > 0 && all.every((one) => keyCount(one) === 1 && one[name] !== undefined))
      return [{ [name]: all.flatMap((one) => one[name] ?? []) }];
  }
  return all;
}

/** Returns two conditions that both have to hold as one. */
function joined(context: RulesReading, field: Field, one: AccessTo, other: AccessTo): AccessTo {
  const both = (['methods', 'paths', 'hosts'] as const).some(
    (name) => one[name] !== undefined && other[name] !== undefined,
  );
  const headers = bothOf(one.headers, other.headers);
  const cookies = bothOf(one.cookies, other.cookies);
  if (both || headers === undefined || cookies === undefined)
    context.reading.report(field, 'one condition of each kind');
  return {
    ...one,
    ...other,
    ...((one.headers ?? other.headers) && { headers: headers ?? {} }),
    ...((one.cookies ?? other.cookies) && { cookies: cookies ?? {} }),
  };
}

/** Returns two maps of conditions as one; of one name they are a match, and the opposite of another. */
export function bothOf(one: HeaderMatches = {}, other: HeaderMatches = {}): HeaderMatches | undefined {
  const result = { ...one };
  for (const [name, match] of Object.entries(other)) {
    const own = Object.hasOwn(result, name) ? result[name] : undefined;
    const isOpposite = match.not !== undefined && Object.keys(match).length === 1;
    if (own !== undefined && (own.not !== undefined || !isOpposite)) return undefined;
    result[name] = own === undefined ? match : { ...own, ...match };
  }
  return result;
}

function readHeader({ reading, headers }: RulesReading, field: Field, isNot: boolean): AccessTo {
  const name = String(field.at('name').value);
  if (name === ':method' && !isNot) {
    const { method } = reading.take(field, { name: ':method', string_match: { exact: hole('method') } });
    return { methods: [method.text() ?? ''] };
  }
  if (name === ':authority' && !isNot) {
    const { regex } = reading.take(field, {
      name: ':authority',
      string_match: { safe_regex: { regex: hole('regex') } },
    });
    return { hosts: [readHost(reading, regex)] };
  }
  const found = readHeaderCondition(reading, field);
  if (found === undefined) return {};
  if (found.type === 'cookie') {
    if (isNot) reading.report(field, 'a cookie that is inverted in its own matcher');
    return { cookies: { [found.name]: found.isNot ? { not: found.match } : found.match } };
  }
  headers.add(found.name);
  if (found.isInverted) reading.report(field, 'a condition that is not inverted');
  return { headers: { [found.name]: isNot ? { not: found.match } : found.match } };
}

/** Reads the expression of a host: any case, any port, and whole labels for a star. */
function readHost(reading: Reading, field: Field): string {
  const text = field.text() ?? '';
  const [start, end, star] = ['(?i)', '(:[^:\\]]*)?', '[^.].*'];
  const inner = text.slice(start.length, -end.length);
  const isWide = inner.startsWith(star);
  const pattern = isWide ? inner.slice(star.length) : inner;
  const name = pattern.replace(/\\(.)/g, '$1');
  const host = isWide ? `*${name}` : name;
  const isPlain = text === `${start}${inner}${end}` && quoted(name) === pattern && isHostPattern(host);
  if (!isPlain) reading.report(field, 'an expression for one host');
  return host;
}

/** Reads conditions on the path: two slashes alone, which Envoy keeps, are the path that is one slash. */
function readPaths({ reading }: RulesReading, place: Field, list: readonly Field[]): readonly PathMatch[] {
  const texts = list.map((one): { readonly kind: string; readonly text: string } => {
    const path = one.at('path');
    const [kind = ''] = keysOf(path);
    if (kind === 'safe_regex') {
      const { regex } = reading.take(one, { path: { safe_regex: { regex: hole('regex') } } });
      return { kind: 'regex', text: regex.text() ?? '' };
    }
    if (kind !== 'exact' && kind !== 'prefix') reading.report(path, 'a condition on the path');
    reading.check(one, { path: { [kind]: hole('text') } });
    return { kind, text: path.at(kind).text() ?? '' };
  });
  const paths: PathMatch[] = [];
  let takesTwo = false;
  for (let index = 0; index < texts.length; index += 1) {
    const { kind, text } = texts[index] ?? { kind: '', text: '' };
    const next = texts[index + 1];
    if (kind === 'exact' && text === '//') takesTwo = true;
    else if (kind === 'exact' && next?.kind === 'prefix' && next.text === `${text}/`) {
      paths.push({ prefix: text });
      index += 1;
    } else if (kind === 'exact') paths.push({ exact: text });
    else paths.push(kind === 'prefix' ? { startsWith: text } : { regex: text });
  }
  if (takesTwo !== paths.some(takesRoot))
    reading.report(place, 'two slashes to be taken for one, and only where one is');
  return paths;
}

function takesRoot({ exact, prefix, startsWith, regex }: PathMatch): boolean {
  if (regex !== undefined) return pathMatches({ type: 'regex', value: regex }, '/');
  return exact === '/' || prefix === '' || startsWith === '/';
}

export function quoted(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

export function keysOf({ value }: Field): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

function keyCount(value: object): number {
  return Object.keys(value).length;
}
