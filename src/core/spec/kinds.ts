import type { Kind } from './spec.ts';
import { validators } from './validate.gen.ts';

/** The kinds of the language in order of name. */
export const kinds = Object.keys(validators).sort() as readonly Kind[];

/** Kinds without a namespace, which belong to the whole mesh. */
export const kindsWithoutNamespace: ReadonlySet<Kind> = new Set<Kind>(['Mesh', 'Profile', 'Guardrail']);

/** Returns true if a text names a kind. */
export function isKind(text: unknown): text is Kind {
  return kinds.includes(text as Kind);
}
