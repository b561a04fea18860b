import type { Revision } from '../../revision/revision.ts';
import type { Step } from '../step.ts';
import { objectVersions } from './landing-record.ts';

/** Returns the mark of a step: its epoch and the digest of its revision. */
export function markOf(epoch: number, compiled: string): string {
  return `${String(epoch).padStart(6, '0')}-apply-${compiled.slice(0, 12)}`;
}

/** Returns the one step of a change, which writes a whole revision. */
export function stepOf(revision: Revision, mark: string): Step {
  return {
    name: 'apply',
    mark,
    revision,
    versions: objectVersions(revision.artifacts),
    wave: Number.POSITIVE_INFINITY,
    drained: false,
    removes: false,
    identities: false,
  };
}
