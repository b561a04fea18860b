import { sha256 } from '../lib/sha256.ts';
import type { ParsedSource } from './parse.ts';
import { recall, remember } from './remembered.ts';
import { decodePack, encodePack, type RememberedFiles } from './remembered-pack.ts';
import type { Source } from './source.ts';

/** The most characters that are kept for files that this run didn't read (for example files of another branch). */
const mostUnused = 16_000_000;

/**
 * Results of earlier runs for files whose documents all conform to their schemas, so that the same bytes are not parsed
 * twice.
 */
export class DocumentMemory {
  readonly #known: RememberedFiles;
  readonly #used: Map<string, NonNullable<ReturnType<typeof remember>>> = new Map();
  #hasLearnt = false;

  /** `pack` is the result of an earlier memory's `pack`. A damaged pack never changes a result; a forged one can. */
  constructor(pack: Uint8Array | undefined) {
    this.#known = pack === undefined ? new Map() : decodePack(pack);
  }

  recall(source: Source): ParsedSource | undefined {
    const digest = sha256(source.bytes);
    const remembered = this.#known.get(digest);
    const parsed = remembered && recall(source, remembered);
    if (remembered !== undefined && parsed !== undefined) this.#used.set(digest, remembered);
    return parsed;
  }

  /** Keeps the result of a file whose documents all conform to their schemas. */
  learn({ bytes }: Source, parsed: ParsedSource): void {
    const remembered = remember(parsed);
    if (remembered === undefined) return;
    this.#used.set(sha256(bytes), remembered);
    this.#hasLearnt = true;
  }

  /** Returns the pack for the next run; undefined if this run has learnt nothing new. */
  pack(): Uint8Array | undefined {
    if (!this.#hasLearnt) return undefined;
    const kept = new Map(this.#used);
    let unused = 0;
    for (const [digest, remembered] of this.#known) {
      if (kept.has(digest)) continue;
      unused += remembered.json.length;
      if (unused > mostUnused) break;
      kept.set(digest, remembered);
    }
    return encodePack(kept);
  }
}
