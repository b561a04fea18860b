import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { locate } from '../source/locate.ts';
import { meshFile } from '../source/spec-files.ts';
import { messages } from './load-messages.ts';
import type { Written } from './recognise.ts';
import { startOf } from './start-of.ts';

/**
 * Returns findings unless there is exactly one Mesh, in mesh.yaml or on standard input; `found` says that a Mesh may
 * have been lost by an error.
 */
export function meshProblems(
  documents: readonly Written[],
  found: readonly Diagnostic[],
): readonly Diagnostic[] {
  const meshes = documents.filter(({ kind }) => kind === 'Mesh');
  const isHome = (file: string) => file === meshFile || file === '-';
  // A merged document has its place in the base, but its `kind` may have a place in an overlay.
  const home = meshes.findIndex(({ value }) => isHome(locate(value).file));
  const places = meshes.map(({ value }) => locate(value, 'kind'));
  const first = places[home];
  if (first === undefined && places.length === 0) {
    const isHidden = found.some(({ location, severity }) => isHome(location.file) && severity === 'error');
    return isHidden ? [] : [finding(messages, 'MESH1131', startOf(meshFile), {})];
  }
  const related = first === undefined ? [] : [{ location: first, message: 'this is the Mesh that holds' }];
  return places
    .filter((place) => place !== first)
    .map((place) => finding(messages, 'MESH1132', place, {}, { related }));
}
