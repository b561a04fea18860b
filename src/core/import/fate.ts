/** The effect of an import on access: calls that were refused get through (`wider`), or the reverse (`narrower`). */
export type AccessEffect = 'wider' | 'narrower';

/** A difference that callers notice. */
export interface Difference {
  /** The difference that a caller notices, as a sentence without a full stop. */
  readonly callers: string;
  /** A request that shows the difference, in words: `GET /api/v1x from shop/web`. */
  readonly witness?: string;
  /** Absent if access stays as it is. */
  readonly access?: AccessEffect;
  /** True if a finding of its own says it, so that the ledger makes none. */
  readonly isReported?: true;
}

/** The result of an import for one leaf field of a native object. */
export type Fate =
  | { readonly type: 'carried' }
  | ({ readonly type: 'carried differently' } & Difference)
  | ({ readonly type: 'lost' } & Difference)
  /** `why`: the reason why the field changes nothing for callers, as a sentence without a full stop. */
  | { readonly type: 'without effect'; readonly why: string };

export type FateType = Fate['type'];
