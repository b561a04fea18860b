import type { Snapshot } from '../history/snapshot.ts';
import { meshFile } from '../source/spec-files.ts';
import type { Spec } from '../spec/spec.ts';
import { recordedSpec } from './recorded-spec.ts';
import { specDifference } from './spec-difference.ts';
import type { SpecEdit } from './spec-edit.ts';

type Sources = NonNullable<Snapshot['sources']>;

/**
 * Returns the differences of two recorded specs, or undefined if one of them can't be read any more. Reads the changed
 * files only, unless overlays may change the documents of other files. `loaded` is the spec of all files of `after`, if
 * the caller has loaded it: a first plan need not read it again.
 */
export function recordedDifference(
  before: Sources,
  after: Sources,
  environment: string,
  loaded?: Spec,
): readonly SpecEdit[] | undefined {
  const files = changedFiles(before, after);
  if (files.size === 0) return [];
  const isRead = ({ file }: Sources[number]) =>
    environment !== 'default' || file === meshFile || files.has(file);
  const read = (sources: Sources) => recordedSpec(sources.filter(isRead), environment);
  const was = read(before);
  const will = loaded !== undefined && after.every(isRead) ? loaded : read(after);
  if (!isReadable(was, before) || !isReadable(will, after)) return undefined;
  return specDifference(was, will);
}

/** Returns true unless a mesh is there and has errors. */
function isReadable(spec: Spec | undefined, sources: Sources): boolean {
  return spec !== undefined || sources.length === 0;
}

function changedFiles(before: Sources, after: Sources): ReadonlySet<string> {
  const was = new Map(before.map(({ file, text }) => [file, text]));
  const will = new Map(after.map(({ file, text }) => [file, text]));
  return new Set([...was.keys(), ...will.keys()].filter((file) => was.get(file) !== will.get(file)));
}
