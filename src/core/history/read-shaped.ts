import { DamagedFile } from './damaged-file.ts';
import { readSealed } from './read-stored.ts';
import { misfit, type Shape } from './stored-shape.ts';

/**
 * Reads a text that `storedText` wrote and checks that the value has the shape. Throws `DamagedFile` that names `place`
 * and `wayOut` if the text is damaged, or a field is missing or has another type. Throws PortError(1) if a newer `mesh`
 * wrote the text.
 */
export function readShaped(
  place: string,
  text: string,
  shape: Shape,
  wayOut?: string,
): { readonly formatVersion: string } {
  const value = readSealed(place, text, wayOut);
  const wrong = misfit(value, shape);
  if (wrong !== undefined) throw new DamagedFile(place, `${wrong} is missing or of another type`, wayOut);
  return value;
}
