import type { Fix } from '../diagnostics/diagnostic.ts';
import type { Location } from '../location.ts';

/** The fix that writes something else at a place, where it is known what. */
export function replacement(location: Location, text: string | undefined): { readonly fix?: Fix } {
  return text === undefined ? {} : { fix: { title: `replace by ${text}`, edits: [{ location, text }] } };
}
