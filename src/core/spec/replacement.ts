import type { Fix } from '../diagnostics/diagnostic.ts';
import type { Location } from '../location.ts';

/** Returns the fix that replaces the text at a place; no fix if the new text isn't known. */
export function replacement(location: Location, text: string | undefined): { readonly fix?: Fix } {
  return text === undefined ? {} : { fix: { title: `replace by ${text}`, edits: [{ location, text }] } };
}
