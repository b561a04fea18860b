import type { Alternative } from '../../gateway-api-objects/alternative.ts';
import { covers, keyOf } from '../../gateway-api-objects/arrange.ts';
import { intersect } from '../../gateway-api-objects/intersect.ts';
import { alwaysPrecedes } from '../../gateway-api-objects/linkerd-precedence.ts';
import { everything } from './operation.ts';

/** The requests that a match takes and that no more specific match of the same port takes. */
export type Cell = Alternative;

/** The share of a cell's requests that a match takes: all, none, or perhaps some. */
export type Verdict = 'all' | 'none' | 'maybe';

/** The cells of a port. */
export interface Cells {
  readonly all: readonly Cell[];
  verdict(match: Alternative, cell: Cell): Verdict;
}

/** The most cells of a port: each is a match of a route. */
const most = 256;

/** Returns the cells that distinguish matches: the matches themselves, their intersections, and the rest. */
export function cellsOf(matches: readonly Alternative[]): Cells {
  const all = new Map([[keyOf(everything), everything]]);
  for (const match of matches) {
    for (const cell of [...all.values()]) {
      const both = intersect(match, cell);
      if (typeof both === 'string' || all.size >= most) continue;
      const { matched: _, ...own } = both;
      all.set(keyOf(own), own);
    }
  }
  return {
    all: [...all.values()],
    verdict(match, cell) {
      if (covers(match, cell)) return 'all';
      const both = intersect(match, cell);
      if (both === 'none') return 'none';
      if (both === 'inexpressible' || !all.has(keyOf(both))) return 'maybe';
      // The intersection is a separate cell, which Linkerd has to pick.
      return alwaysPrecedes(both, cell) ? 'none' : 'maybe';
    },
  };
}
