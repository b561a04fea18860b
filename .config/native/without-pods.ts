import type { Schema } from '../schemas.ts';
import type { KindSchemas } from './crds.ts';

/**
 * Returns schemas in which pods and templates of pods are any object: targets write none, and they are most of the CRDs
 * of engines.
 */
export function withoutPods(kinds: KindSchemas): KindSchemas {
  return Object.fromEntries(Object.entries(kinds).map(([kind, schema]) => [kind, without(schema) as Schema]));
}

const anyObject: Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

function without(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(without);
  if (typeof value !== 'object' || value === null) return value;
  const { properties } = value as { readonly properties?: Schema };
  if (properties !== undefined && ('containers' in properties || hasPod(properties))) return anyObject;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, without(own)]));
}

/** Returns true for the properties of a template of pods: its `spec` has containers. */
function hasPod({ spec }: Schema): boolean {
  const inside = (spec as { readonly properties?: Schema } | undefined)?.properties;
  return inside !== undefined && 'containers' in inside;
}
