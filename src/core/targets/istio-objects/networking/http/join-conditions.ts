import type { StringMatches } from '../../crds/parts.ts';

/**
 * Returns conditions on headers with more conditions added. Istio's map has one condition for each name, but the proxy
 * ignores case: a second condition on a name gets the same name with other capitals.
 */
export function joinConditions(fields: StringMatches, more: StringMatches): StringMatches {
  return Object.entries(more).reduce<StringMatches>(
    (all, [name, condition]) => ({ ...all, [freeSpelling(all, name)]: condition }),
    fields,
  );
}

function freeSpelling(fields: StringMatches, name: string): string {
  const letters = Array.from(name);
  const places = letters.flatMap((letter, at) => (/[a-z]/.test(letter) ? [at] : []));
  for (let choice = 0; choice < 2 ** places.length; choice += 1) {
    const spelling = letters
      .map((letter, at) => (isChosen(choice, places.indexOf(at)) ? letter.toUpperCase() : letter))
      .join('');
    if (fields[spelling] === undefined) return spelling;
  }
  return name;
}

function isChosen(choice: number, place: number): boolean {
  return place >= 0 && Math.floor(choice / 2 ** place) % 2 === 1;
}
