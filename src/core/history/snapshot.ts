import type { Shares } from '../ir/weights/share.ts';
import { withWeights } from '../ir/weights/with-weights.ts';
import { sha256 } from '../lib/sha256.ts';
import type { Revision } from '../revision/revision.ts';
import { snapshotFormat } from './snapshot-upgrades.ts';

/** A recorded revision: it can be planned from and applied again without Git or the sources. */
export interface Snapshot extends Revision {
  readonly formatVersion: string;
  /** The files of the mesh that the revision was compiled from; absent for a step between two meshes. */
  readonly sources?: readonly { readonly file: string; readonly text: string }[];
}

/** The stored form of a snapshot: the mesh before its Rollouts, and the shares that give its weights. */
export interface StoredRevision extends Omit<Snapshot, 'weighted'> {
  /** Absent if no weight was moved. */
  readonly shares?: Shares;
}

/** Returns the snapshot of a stored form. */
export function decodeSnapshot({ shares, ...stored }: StoredRevision): Snapshot {
  if (shares === undefined) return stored;
  return { ...stored, ir: withWeights(stored.ir, shares), weighted: { before: stored.ir, shares } };
}

/** Returns the text of a snapshot and the digest of the text, which names the snapshot. */
export function encodeSnapshot(
  revision: Revision,
  sources?: Snapshot['sources'],
): { readonly text: string; readonly digest: string } {
  // Keys keep their order: files made from the snapshot then have the same bytes.
  const { ir, weighted, artifacts, proxies, about, trust } = revision;
  const text = JSON.stringify({
    formatVersion: snapshotFormat,
    ir: weighted?.before ?? ir,
    ...(weighted && { shares: weighted.shares }),
    artifacts,
    proxies,
    about,
    ...(trust && { trust }),
    ...(sources && { sources }),
  });
  return { text, digest: sha256(text) };
}
