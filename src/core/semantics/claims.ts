/** The payload of a token. */
export type Claims = Readonly<Record<string, unknown>>;

/** Claims that are texts in every token (RFC 7519); a token in which one is anything else is not valid. */
export const textClaims: ReadonlySet<string | undefined> = new Set(['iss', 'sub', 'jti']);

/** Returns true if the claims that are texts in every token are texts. */
export function isWellFormed(claims: Claims): boolean {
  return Object.entries(claims).every(([name, value]) => !textClaims.has(name) || typeof value === 'string');
}

/** Returns the value at a path of the payload; a path leads through maps, not through lists. */
export function claimAt(claims: Claims, path: readonly string[]): unknown {
  let value: unknown = claims;
  for (const name of path) {
    if (!isMap(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/**
 * Returns the values of a claim as texts, and those of a list one by one; splits `scope` and `permission` at spaces.
 */
export function claimValues(claims: Claims, path: readonly string[]): readonly string[] {
  const value = claimAt(claims, path);
  if (typeof value === 'string' && path.length === 1 && spaced.has(path[0])) return value.split(' ');
  return (Array.isArray(value) ? (value as readonly unknown[]) : [value])
    .map(claimText)
    .filter((text) => text !== undefined);
}

/** Returns a string, number or boolean as text; undefined for other values. */
export function claimText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

const spaced: ReadonlySet<string | undefined> = new Set(['scope', 'permission']);

function isMap(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
