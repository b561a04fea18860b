import { flow } from '../lib/flow.ts';
import { everybodySpelling, isEverybody } from './everybody.ts';
import { divides, sharesOfVersions } from './shares-of-versions.ts';

/** A field that its map doesn't have. */
interface UnknownField {
  readonly root: object;
  /** The path of the map from the root of the document. */
  readonly path: readonly string[];
  /** The type of the map in the schema. */
  readonly title: string;
  readonly field: string;
  readonly value: unknown;
}

/**
 * Returns the end of a sentence with the spelling of this language for a field that other languages, or newcomers, put
 * here; undefined if none is known.
 */
export function ownSpelling({ root, path, title, field, value }: UnknownField): string | undefined {
  if (title === 'Principal' && isEverybody(field)) return `; ${everybodySpelling}`;
  if (title === 'Version') {
    if (divides(field)) return sharesOfVersions(root, path);
    return typeof value === 'string' ? `; write ${flow({ labels: { [field]: value } })}` : undefined;
  }
  if (title !== 'Backend') return undefined;
  if (field === 'name') return '; did you mean "version"?';
  const isShare = typeof value === 'number' || (typeof value === 'string' && /^\d+%$/.test(value));
  return isShare && /^[a-z0-9-]+\d[a-z0-9-]*$/.test(field)
    ? `; write ${flow({ version: field, weight: Number.parseInt(String(value), 10) })}`
    : undefined;
}
