import { compilePattern } from '../lib/compile-pattern.ts';

/** The parts of a JSON schema that this file understands. */
interface OptionSchema {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
}

const understoodOfAll: ReadonlySet<string> = new Set([
  'type',
  'additionalProperties',
  'properties',
  'description',
]);
const understoodOfOne: ReadonlySet<string> = new Set([
  ...['type', 'enum', 'pattern', 'minLength'],
  ...['default', 'description'],
]);

/**
 * Returns true if options are valid under a schema of strings, booleans and listed values. Returns false if an option is
 * invalid, or if the schema asks for anything else: then only a validator of JSON schemas tells.
 */
export function areClearlyValid(options: Readonly<Record<string, unknown>>, schema: object): boolean {
  if (!hasOnly(schema, understoodOfAll) || !('properties' in schema)) return false;
  const known = schema.properties as Readonly<Record<string, OptionSchema>>;
  return Object.entries(options).every(([name, value]) => {
    const one = Object.hasOwn(known, name) ? known[name] : undefined;
    return one !== undefined && hasOnly(one, understoodOfOne) && isClearlyValid(value, one);
  });
}

function isClearlyValid(
  value: unknown,
  { type, enum: listed, pattern, minLength = 0 }: OptionSchema,
): boolean {
  if (typeof value !== 'string' && typeof value !== 'boolean') return false;
  if (type !== undefined && type !== typeof value) return false;
  if (listed !== undefined && !listed.includes(value)) return false;
  if (typeof value === 'boolean') return true;
  // Code units are at least as many as the characters that a schema counts.
  if (minLength > 1 || value.length < minLength) return false;
  return pattern === undefined || clearlyMatches(value, pattern);
}

/** Returns true only for plain characters, of which RE2 and the regular expressions of JSON schemas think alike. */
function clearlyMatches(value: string, pattern: string): boolean {
  if (!/^[!-~]*$/.test(value)) return false;
  try {
    return compilePattern(pattern).matcher(value).find();
  } catch {
    return false;
  }
}

function hasOnly(schema: object, understood: ReadonlySet<string>): boolean {
  return Object.keys(schema).every((keyword) => understood.has(keyword));
}
