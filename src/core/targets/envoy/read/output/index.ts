import type { NativeDocument } from '../../../../import/native-document.ts';
import type { ReadContext, ReadMesh } from '../../../../import/reader.ts';
import { meshOf } from './mesh.ts';
import { Reading } from './reading.ts';

/**
 * Reads the output of the target for a proof: the files of all proxies together are one mesh. Every part that hasn't exactly the form
 * that the target writes is an error.
 */
export function readOutput(documents: readonly NativeDocument[], context: ReadContext): ReadMesh {
  const reading = new Reading(documents, context.trustDomain, context.inventory);
  const mesh = meshOf(reading);
  return { ...mesh, findings: reading.findings };
}
