import { canonicalJson } from '../lib/canonical-json.ts';
import type { Artifact, FileArtifact } from '../targets/artifact.ts';
import { fieldChanges } from './field-changes.ts';
import type { ObjectChange } from './plan.ts';

/** Waves of a directory: what is new comes with *make*, what changes with *switch*, what goes with *break*. */
const waves = { create: 1, update: 2, delete: 3 } as const;

/** What changes between two revisions, resource by resource: by wave, then by file, kind and name. */
export function objectChanges(
  before: readonly Artifact[],
  after: readonly Artifact[],
): readonly ObjectChange[] {
  const [was, will] = [byRef(before), byRef(after)];
  const changes: ObjectChange[] = [];
  for (const [ref, artifact] of will) {
    const old = was.get(ref);
    if (old === undefined) changes.push({ op: 'create', ref, wave: waves.create, ...origin(artifact) });
    else if (canonicalJson(old.resource) !== canonicalJson(artifact.resource)) {
      const fields = fieldChanges(old.resource, artifact.resource);
      changes.push({ op: 'update', ref, wave: waves.update, fields, ...origin(artifact) });
    }
  }
  for (const [ref, artifact] of was) {
    if (!will.has(ref)) changes.push({ op: 'delete', ref, wave: waves.delete, ...origin(artifact) });
  }
  return changes.sort((a, b) => a.wave - b.wave || (a.ref < b.ref ? -1 : 1));
}

function byRef(artifacts: readonly Artifact[]): ReadonlyMap<string, FileArtifact> {
  return new Map(
    artifacts.flatMap((one) =>
      one.type === 'file' ? [[`${one.path}#${one.kind}/${one.name}`, one] as const] : [],
    ),
  );
}

function origin({ origins: [first] }: FileArtifact): Pick<ObjectChange, 'origin'> {
  return first === undefined ? {} : { origin: { file: first.file, line: first.line, column: first.column } };
}
