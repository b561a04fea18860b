import { isEverybody } from './everybody.ts';
import type { Schema } from './schema.ts';

/**
 * Yields texts that a scalar may stand for where a text is wanted: a duration for `5 sec`, a word for a truth value, the
 * scalar in quotes. `written` is the scalar as the document has it.
 */
export function* intendedText(
  { title = '', enum: words = [] }: Schema,
  value: string | number | boolean,
  written: string,
): Iterable<string | number> {
  const text = written.trim();
  if (typeof value === 'boolean')
    yield* words.filter((word) => truths[String(value)]?.has(String(word)) === true).map(String);
  yield* words.map(String).filter((word) => word.toLowerCase() === text.toLowerCase());
  if (title.endsWith('Duration')) yield duration(text);
  if (title === 'Size') yield size(text);
  if (title === 'Percentage') yield text.replaceAll(' ', '').replace(/(?<!%)$/, '%');
  if (title === 'Path') yield `/${text}`;
  if (addresses.has(title) && /^\d{1,5}$/.test(text)) yield `127.0.0.1:${text}`;
  if (title.startsWith('Host')) yield text.toLowerCase().replace(/^[a-z]+:\/\/|[:/].*$/g, '');
  if (typeof value === 'string') yield* fullName(text);
  if (isMethod(title, text)) yield text.toUpperCase();
  if (typeof value !== 'string' && words.length === 0) yield written;
}

/** Returns true for a method in any case; a word such as `all` is none. */
function isMethod(title: string, text: string): boolean {
  return title === 'HttpMethod' && !isEverybody(text);
}

/** Yields the full name of a service for its name in the DNS of Kubernetes, such as `web.default` for `default/web`. */
function* fullName(text: string): Iterable<string> {
  const [, name, namespace] = /^([a-z0-9-]+)\.([a-z0-9-]+)(?:\.svc(?:\.[a-z0-9.-]+)?)?$/.exec(text) ?? [];
  if (name !== undefined && namespace !== undefined && !publicDomain.test(text)) yield `${namespace}/${name}`;
  // A port belongs to the call, not to the name.
  const [, portless] = /^((?:[a-z0-9-]+\/)?[a-z0-9-]+):[a-z0-9-]+$/.exec(text) ?? [];
  if (portless !== undefined) yield portless;
}

/** Types of addresses of which a number can only be the port. */
const addresses: ReadonlySet<string> = new Set(['Endpoint', 'EndpointAddress', 'PortAddresses']);

/** Matches a name of two labels that is more likely a host of the internet than a service and its namespace. */
const publicDomain = /^[^.]+\.(?:com|dev|io|net|org)$/;

/** Words that say the same as a truth value. */
const truths: Readonly<Record<string, ReadonlySet<string>>> = {
  true: new Set(['strict', 'enabled', 'on', 'true', 'yes']),
  false: new Set(['disabled', 'off', 'false', 'none', 'no']),
};

function duration(text: string): string {
  if (/^\d+(?:\.\d+)?$/.test(text)) return `${text}s`;
  return text
    .toLowerCase()
    .replace(/[ _,]|and/g, '')
    .replace(/[a-z]+/g, (word) => units.find(([form]) => form.test(word))?.[1] ?? word);
}

const units: readonly (readonly [RegExp, string])[] = [
  [/^(?:ms|msecs?|millis|milliseconds?)$/, 'ms'],
  [/^(?:s|secs?|seconds?)$/, 's'],
  [/^(?:m|mins?|minutes?)$/, 'm'],
  [/^(?:h|hrs?|hours?)$/, 'h'],
  [/^(?:d|days?)$/, 'd'],
];

function size(text: string): string {
  const [, number = '', unit = ''] = /^(\d+) ?(?:([kmg])i?)?b?$/i.exec(text) ?? [];
  return `${number}${unit === '' ? 'B' : `${unit.toUpperCase()}iB`}`;
}
