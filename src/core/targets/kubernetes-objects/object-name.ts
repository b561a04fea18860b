import { sha256 } from '../../lib/sha256.ts';

const longest = 63;
const digits = 8;

/**
 * Returns the name of an object that belongs to several things: its parts joined by dots. Names of services have no
 * dots, so two objects never have the same name. A name of more than 63 characters is cut and ends in a digest of the
 * whole name.
 */
export function objectName(...parts: readonly string[]): string {
  const name = parts.join('.');
  if (name.length <= longest) return name;
  const kept = name.slice(0, longest - digits - 1).replace(/[^a-z0-9]+$/, '');
  return `${kept}-${sha256(name).slice(0, digits)}`;
}
