import type { Artifact } from '../../artifact.ts';
import type { Between } from '../../target.ts';
import { union } from './union.ts';

/** Puts the files of two revisions side by side in one directory. */
export const between: Between = { union, serving };

/** The kinds by which a proxy accepts requests; the other kinds say where requests can go. */
const servingKinds: ReadonlySet<string> = new Set(['Listener', 'RouteConfiguration']);

function serving(sending: readonly Artifact[], receiving: readonly Artifact[]): readonly Artifact[] {
  if (sending === receiving) return sending;
  return [
    ...sending.filter(({ kind }) => !servingKinds.has(kind)),
    ...receiving.filter(({ kind }) => servingKinds.has(kind)),
  ];
}
