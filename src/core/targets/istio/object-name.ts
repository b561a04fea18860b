import { sha256 } from '../../lib/sha256.ts';

const longest = 63;
const digits = 8;

/**
 * The name of an object that is made of several things: its parts joined by dots, which the names of services don't have,
 * so that no two objects get one name. A name that is too long ends in a digest of the whole.
 */
export function objectName(...parts: readonly string[]): string {
  const name = parts.join('.');
  if (name.length <= longest) return name;
  const kept = name.slice(0, longest - digits - 1).replace(/[^a-z0-9]+$/, '');
  return `${kept}-${sha256(name).slice(0, digits)}`;
}
