import type { Field } from '../../../import/field.ts';

/**
 * Reads `exportTo`: the namespaces whose proxies know an object. Undefined: all of them. An object that is exported to `~` alone
 * is known to no proxy.
 */
export function readExportTo(field: Field, namespace: string): readonly string[] | undefined {
  const names = field.texts();
  if (names === undefined || names.length === 0 || names.includes('*')) return undefined;
  const own = names.flatMap((name) => (name === '.' ? [namespace] : name === '~' ? [] : [name]));
  return [...new Set(own)];
}

/** Returns true, and marks the spec, if no proxy knows the object. */
export function isHidden(spec: Field): boolean {
  const names: unknown = spec.at('exportTo').value;
  const isNowhere = Array.isArray(names) && names.length > 0 && names.every((name) => name === '~');
  if (isNowhere) spec.withoutEffect('it is exported to no namespace, so no proxy knows it');
  return isNowhere;
}
