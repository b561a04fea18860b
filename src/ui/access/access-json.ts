import type { AccessRow } from '../../core/reach/access-row.ts';

/** Yields the list as a JSON array, one entry a line. */
export function* accessJson(rows: Iterable<AccessRow>): Generator<string> {
  yield '[';
  let separator = '\n';
  for (const row of rows) {
    yield `${separator}  ${JSON.stringify(row)}`;
    separator = ',\n';
  }
  yield separator === '\n' ? ']\n' : '\n]\n';
}
