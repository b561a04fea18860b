import type { Alternative } from '../../gateway-api-objects/alternative.ts';
import { covers, keyOf } from '../../gateway-api-objects/arrange.ts';
import { intersect } from '../../gateway-api-objects/intersect.ts';
import { alwaysPrecedes } from '../outbound/precedence.ts';
import { everything } from './operation.ts';

/** Requests that a match takes, and no more specific match of the same port. */
export type Cell = Alternative;

/** Tells if a match takes the requests of a cell: all, none, or perhaps some. */
export type Verdict = 'all' | 'none' | 'maybe';

/** The cells of a port. */
export interface Cells {
  readonly all: readonly Cell[];
  verdict(match: Alternative, cell: Cell): Verdict;
}

/** The most cells of a port: each is a match of a route. */
const most = 256;

/** Returns the cells that tell matches apart: the matches themselves, what several take, and the rest. */
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
      if (both === 'unsayable' || !all.has(keyOf(both))) return 'maybe';
      // The requests that both take are a cell of their own; Linkerd has to pick that one.
      return alwaysPrecedes(both, cell) ? 'none' : 'maybe';
    },
  };
}
