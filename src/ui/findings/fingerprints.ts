import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { sha256 } from '../../core/lib/sha256.ts';
import type { SourceText } from '../../core/source/document.ts';
import { type Identity, identitiesIn } from '../../core/source/identity-of.ts';

/** A finding with its object and field, and a fingerprint that identifies the finding in later runs. */
export interface Fingerprinted {
  readonly diagnostic: Diagnostic;
  readonly identity: Identity;
  /** Digest of code, object and field, but not of the object's place. Findings with the same three get a number. */
  readonly fingerprint: string;
}

/** Returns the findings with their fingerprints, in the same order. */
export function fingerprints(
  diagnostics: readonly Diagnostic[],
  texts: readonly SourceText[],
): readonly Fingerprinted[] {
  const byFile = new Map(texts.map((text) => [text.file, text]));
  const readers = new Map<string, ReturnType<typeof identitiesIn>>();
  const times = new Map<string, number>();
  return diagnostics.map((diagnostic) => {
    const { code, location } = diagnostic;
    const text = byFile.get(location.file);
    const reader = readers.get(location.file) ?? (text ? identitiesIn(text) : nothing);
    readers.set(location.file, reader);
    const identity = reader(location);
    const hash = sha256(JSON.stringify([code, identity.object ?? location.file, identity.path])).slice(0, 32);
    const time = (times.get(hash) ?? 0) + 1;
    times.set(hash, time);
    return { diagnostic, identity, fingerprint: `${hash}:${String(time)}` };
  });
}

function nothing(): Identity {
  return { path: [] };
}
