import { sha256 } from '../lib/sha256.ts';
import type { Revision } from '../revision/revision.ts';
import { snapshotFormat } from './snapshot-upgrades.ts';

/** A recorded revision: it can be planned from and applied again without Git or the sources. */
export interface Snapshot extends Revision {
  readonly formatVersion: string;
  /** The linked mesh that the revision was compiled from; absent for a step between two meshes. */
  readonly sources?: readonly { readonly file: string; readonly text: string }[];
}

/** Returns the text of a snapshot and the digest of the text, which names the snapshot. */
export function encodeSnapshot(
  revision: Revision,
  sources?: Snapshot['sources'],
): { readonly text: string; readonly digest: string } {
  // Keys keep their order: files made from the snapshot then have the same bytes.
  const { ir, artifacts, proxies, about, trust } = revision;
  const text = JSON.stringify({
    formatVersion: snapshotFormat,
    ir,
    artifacts,
    proxies,
    about,
    ...(trust && { trust }),
    ...(sources && { sources }),
  });
  return { text, digest: sha256(text) };
}
