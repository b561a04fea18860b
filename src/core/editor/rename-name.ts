import type { Fix } from '../diagnostics/diagnostic.ts';
import type { NameUse } from './name-use.ts';

/** Returns the edits that give a name another text in every place; a text if the new name can't be used. */
export function renameName(
  uses: readonly NameUse[],
  { thing, id }: NameUse,
  name: string,
): Fix['edits'] | string {
  if (!/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(name))
    return `${name} is no DNS label: at most 63 lower-case letters, digits and hyphens, with a letter or digit at both ends`;
  const renamed = id.replace(/[^/ ]+$/, name);
  const isTaken = uses.some((use) => use.isDefinition && use.thing === thing && use.id === renamed);
  if (isTaken && renamed !== id) return `there is a ${thing} ${renamed} already`;
  return uses
    .filter((use) => use.thing === thing && use.id === id)
    .map(({ location }) => ({ location, text: name }));
}
