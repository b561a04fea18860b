import { canonicalJson } from '../lib/canonical-json.ts';
import { isFailure } from '../reach/meaning/labels.ts';
import type { Label } from '../reach/meaning.ts';
import type { Share } from '../semantics/outcome.ts';
import type { GraphShare } from './call-graph.ts';

/** The part of a decision that the graph shows; only requests that get through have one. */
export interface Delivery {
  readonly backends?: readonly GraphShare[];
  readonly refusedShare?: number;
  readonly timeout?: number;
  readonly tries?: number;
  readonly mirrors?: readonly GraphShare[];
}

/** Requests that the graph shows alike: their delivery in the earlier and in the later mesh. */
export interface RequestCell {
  /** Absent if the requests don't get through. */
  readonly now?: Delivery;
  readonly before?: Delivery;
  readonly isDeclared: boolean;
  /** True if the requests are declared and refused. */
  readonly isRefused: boolean;
}

/** Numbers the cells of one destination; 0 is the number of requests that the graph doesn't show. */
export class RequestCells {
  private readonly numbers = new Map<string, number>();
  private readonly cells: RequestCell[] = [];

  at(number: number): RequestCell | undefined {
    return this.cells[number - 1];
  }

  number(cell: RequestCell): number {
    if (cell.now === undefined && cell.before === undefined && !cell.isRefused) return 0;
    const key = canonicalJson(cell);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.cells.push(cell);
    this.numbers.set(key, this.cells.length);
    return this.cells.length;
  }
}

/** Returns the delivery of a label; undefined if the requests don't get through. */
export function deliveryOf(label: Label): Delivery | undefined {
  if (isFailure(label)) return undefined;
  const {
    backends,
    refusedShare,
    timeout,
    retries,
    mirrors = [],
    outside,
  } = label as {
    readonly backends?: readonly Share[];
    readonly refusedShare?: number;
    readonly timeout?: number;
    readonly retries?: { readonly tries: number };
    readonly mirrors?: readonly Share[];
    readonly outside?: string;
  };
  return {
    ...(backends !== undefined && outside === undefined && { backends: sharesOf(backends) }),
    ...(refusedShare !== undefined && { refusedShare: rounded(refusedShare) }),
    ...(timeout !== undefined && { timeout }),
    ...(retries !== undefined && { tries: retries.tries }),
    ...(mirrors.length > 0 && { mirrors: sharesOf(mirrors) }),
  };
}

/** Returns true if a label says that a rule refuses a request, or that its caller doesn't know the destination. */
export function isRefusal(label: Label): boolean {
  return isFailure(label) && (label.hidden === true || (label.outcome === 'refused' && label.status !== 400));
}

function sharesOf(shares: readonly Share[]): readonly GraphShare[] {
  const sums = new Map<string, GraphShare>();
  for (const { service, version, share } of shares) {
    const key = `${service} ${version}`;
    sums.set(key, { service, version, share: rounded((sums.get(key)?.share ?? 0) + share) });
  }
  return [...sums.values()];
}

/** Shares are sums of fractions: without the rounding 0.1 + 0.2 would be shown. */
function rounded(share: number): number {
  return Math.round(share * 1e9) / 1e9;
}
