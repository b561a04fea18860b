import { sha256 } from '../lib/sha256.ts';
import type { Revision } from '../revision/revision.ts';
import { snapshotFormat } from './snapshot-upgrades.ts';

/** A revision as recorded: enough to plan from it and to apply it again with neither Git nor sources. */
export interface Snapshot extends Revision {
  readonly formatVersion: string;
  /** The spec that it was compiled from; absent for what lies between two specs. */
  readonly sources?: readonly { readonly file: string; readonly text: string }[];
}

/** The text of a snapshot, and the digest of it that names it. */
export function encodeSnapshot(
  revision: Revision,
  sources?: Snapshot['sources'],
): { readonly text: string; readonly digest: string } {
  // Keys stay in their order, so that the files made of it later are the same bytes.
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
