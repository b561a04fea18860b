/** The longest word that is compared, in characters: the time grows with the product of both lengths. */
const longestWord = 256;

/** Returns the candidate that a mistyped word most likely means; undefined if none is near or the word is very long. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > longestWord) return undefined;
  let best: string | undefined;
  let bound = Math.min(3, Math.max(1, Math.floor(word.length / 3)));
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate, bound);
    if (distance === undefined || (best !== undefined && distance === bound && candidate >= best)) continue;
    best = candidate;
    bound = distance;
  }
  return best;
}

/** Returns the restricted Damerau-Levenshtein distance of two words; undefined if it is greater than `bound`. */
function editDistance(from: string, to: string, bound: number): number | undefined {
  if (Math.abs(from.length - to.length) > bound) return undefined;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let line = 1; line <= from.length; line++) {
    const next = [line];
    for (let column = 1; column <= to.length; column++)
      next.push(cell(from, to, line, column, next, row, before));
    if (Math.min(...next) > bound) return undefined;
    before = row;
    row = next;
  }
  const distance = row[to.length] ?? 0;
  return distance <= bound ? distance : undefined;
}

function cell(
  from: string,
  to: string,
  line: number,
  column: number,
  next: readonly number[],
  row: readonly number[],
  before: readonly number[],
): number {
  const same = from[line - 1] === to[column - 1];
  const best = Math.min(
    (next[column - 1] ?? 0) + 1,
    (row[column] ?? 0) + 1,
    (row[column - 1] ?? 0) + (same ? 0 : 1),
  );
  const swapped = from[line - 1] === to[column - 2] && from[line - 2] === to[column - 1];
  return line > 1 && column > 1 && swapped ? Math.min(best, (before[column - 2] ?? 0) + 1) : best;
}
