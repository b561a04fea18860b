import { closest } from '../lib/closest.ts';
import { isKind, kinds } from './kinds.ts';
import { validators } from './validate.gen.ts';

/**
 * Returns true if a document with another apiVersion was probably meant to be one of the mesh language: the version of
 * another release, a misspelt one, or a version that no other language has for a kind of the mesh language.
 */
export function isMistakenVersion(value: Readonly<Record<string, unknown>>, apiVersion: string): boolean {
  if (/^mesh\//i.test(apiVersion)) return true;
  const { kind } = value;
  const nearest = typeof kind === 'string' ? closest(kind, kinds) : undefined;
  if (nearest === undefined) return false;
  if (closest(apiVersion, ['mesh/v1', 'mesh']) !== undefined || /^mesh(?:wright)?\b/i.test(apiVersion))
    return true;
  if (isKind(kind) && validators[kind]({ ...value, apiVersion: 'mesh/v1' })) return true;
  const group = apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : '';
  // Kubernetes reserves groups without a dot, and has only one kind of this name there.
  return !group.includes('.') && (nearest !== 'Service' || isServiceOfMesh(value));
}

/** Returns true if the ports of a Service have names as keys; Kubernetes lists them. */
function isServiceOfMesh({ spec }: Readonly<Record<string, unknown>>): boolean {
  const ports: unknown =
    typeof spec === 'object' && spec !== null
      ? (spec as Readonly<Record<string, unknown>>)['ports']
      : undefined;
  return typeof ports === 'object' && ports !== null && !Array.isArray(ports);
}
