import type { Spec, SpecObject } from '../spec/spec.ts';

export type SpecDocument = SpecObject<object>;

/** Returns all documents of a spec, in the order of kinds and names. */
export function specDocuments(spec: Spec | undefined): readonly SpecDocument[] {
  return spec === undefined ? [] : Object.values(spec).flatMap((part: string | object) => listOf(part));
}

function listOf(part: string | object): readonly SpecDocument[] {
  if (typeof part === 'string') return [];
  return Array.isArray(part) ? (part as readonly SpecDocument[]) : [part as SpecDocument];
}
