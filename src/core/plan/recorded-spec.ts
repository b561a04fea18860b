import type { Snapshot } from '../history/snapshot.ts';
import { loadSpec } from '../spec/load.ts';
import type { Spec } from '../spec/spec.ts';

/** Returns the spec of recorded sources; undefined if there is none or it has errors. */
export function recordedSpec(
  recorded: NonNullable<Snapshot['sources']>,
  environment: string,
): Spec | undefined {
  const encoder = new TextEncoder();
  const sources = recorded.map(({ file, text }) => ({ file, bytes: encoder.encode(text) }));
  return loadSpec({ sources, unreadable: [] }, environment === 'default' ? {} : { environment }).spec;
}
