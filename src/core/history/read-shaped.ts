import { DamagedFile } from './damaged-file.ts';
import { readSealed } from './read-stored.ts';
import { misfit, type Shape } from './stored-shape.ts';

/**
 * Reads what `storedText` wrote, as a value of a shape. Throws `DamagedFile` that names `place` and `wayOut` if the text
 * is damaged or a field is missing or of another type, and PortError(1) if a newer `mesh` wrote it.
 */
export function readShaped<T extends { readonly formatVersion: string }>(
  place: string,
  text: string,
  shape: Shape,
  wayOut?: string,
): T {
  const value = readSealed(place, text, wayOut);
  const wrong = misfit(value, shape);
  if (wrong !== undefined) throw new DamagedFile(place, `${wrong} is missing or of another type`, wayOut);
  return value as T;
}
