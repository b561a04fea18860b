import type { LedgerEntry } from '../../core/import/ledger.ts';

/** The number of leaf fields for each fate. */
export interface LedgerSum {
  readonly fields: number;
  readonly carried: number;
  readonly differently: number;
  readonly lost: number;
  readonly withoutEffect: number;
  readonly unaccounted: number;
}

/** Returns the sums of a ledger. */
export function ledgerSum(ledger: readonly LedgerEntry[]): LedgerSum {
  const count = (type: LedgerEntry['fate']['type']): number =>
    ledger.filter(({ fate }) => fate.type === type).length;
  return {
    fields: ledger.length,
    carried: count('carried'),
    differently: count('carried differently'),
    lost: count('lost'),
    withoutEffect: count('without effect'),
    unaccounted: count('unaccounted'),
  };
}
