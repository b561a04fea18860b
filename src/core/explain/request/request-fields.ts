import { closest } from '../../lib/closest.ts';
import type { Claims } from '../../semantics/claims.ts';
import type { Problem } from './problem.ts';

/** A request as people write it: one line of `--batch`, or the options of `mesh explain request`. */
export interface RequestFields {
  readonly id?: unknown;
  readonly from?: string;
  readonly to?: string;
  readonly gateway?: string;
  readonly port?: string | number;
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, HeaderValue | readonly HeaderValue[]>>;
  readonly sni?: string;
  readonly address?: string;
  readonly claims?: Claims | 'invalid';
}

export type HeaderValue = string | number | boolean;

/** Checks that a JSON value has only the fields of a request; a `null` field counts as left out. */
export function requestFields(data: unknown): { readonly fields: RequestFields } | Problem {
  if (!isMap(data))
    return { problem: 'a request is a JSON object, such as {"from": "a", "to": "b", "path": "/"}' };
  const given = Object.entries(data).filter(([name, value]) => value !== null || name === 'id');
  for (const [name, value] of given) {
    const expected = expectations.get(name);
    if (expected === undefined) return { problem: `\`${name}\` is no field of a request${hint(name)}` };
    if (!expected.fits(value)) return { problem: `\`${name}\` is ${expected.what}` };
  }
  return { fields: Object.fromEntries(given) };
}

interface Expectation {
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
}

const text: Expectation = { what: 'a text', fits: (value) => typeof value === 'string' };

const expectations: ReadonlyMap<string, Expectation> = new Map([
  ['id', { what: 'anything', fits: () => true }],
  ...['from', 'to', 'gateway', 'method', 'path', 'query', 'host', 'sni', 'address'].map(
    (name) => [name, text] as const,
  ),
  [
    'port',
    { what: 'the name or the number of a port', fits: (value) => typeof value === 'string' || isPort(value) },
  ],
  ['headers', { what: 'a map from names to a value or a list of values', fits: isHeaders }],
  [
    'claims',
    { what: 'a map (the payload of a valid token) or "invalid"', fits: (v) => v === 'invalid' || isMap(v) },
  ],
]);

function hint(name: string): string {
  const near = closest(name, expectations.keys());
  const all = `the fields are ${[...expectations.keys()].join(', ')}`;
  return near === undefined ? `; ${all}` : `; did you mean \`${near}\`?`;
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value);
}

function isHeaders(value: unknown): boolean {
  return (
    isMap(value) &&
    Object.values(value).every((entry) => (Array.isArray(entry) ? entry : [entry]).every(isScalar))
  );
}

function isScalar(value: unknown): value is HeaderValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isMap(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
