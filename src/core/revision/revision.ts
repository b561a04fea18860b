import type { Ir } from '../ir/ir.ts';
import type { Shares } from '../ir/weights/share.ts';
import type { Artifact } from '../targets/artifact.ts';
import type { IndexContent } from '../targets/index-json.ts';
import type { Proxy } from '../targets/proxy.ts';
import type { CompiledTrust } from '../targets/target.ts';

/** The trust that a revision records: public certificates only. */
export interface RecordedTrust extends CompiledTrust {
  /** Digest of the mesh's own roots; absent if the mesh has none. */
  readonly roots?: string;
}

/** A mesh before its Rollouts, and the shares that its weights have by now. */
export interface Weighted {
  readonly before: Ir;
  readonly shares: Shares;
}

/** The compiled configuration of one target: the unit that is planned, applied, recorded and rolled back to. */
export interface Revision {
  readonly ir: Ir;
  /** Present if records of Rollouts moved weights: `ir` is `before` with these shares. */
  readonly weighted?: Weighted;
  readonly artifacts: readonly Artifact[];
  readonly proxies: readonly Proxy[];
  /** The trust that the revision was compiled with; absent in records of older versions. */
  readonly trust?: RecordedTrust;
  /** The fields of `index.json` in addition to the artifacts. */
  readonly about: Pick<IndexContent, 'target' | 'platform' | 'loss'>;
}

/** Returns true if proxies read the files of a revision. */
export function hasProxies(revision: Pick<Revision, 'proxies'> | undefined): boolean {
  return revision !== undefined && revision.proxies.length > 0;
}
