import { defineMessages, finding } from '../../diagnostics/message.ts';
import { record } from '../../lib/record.ts';
import type { Output as WrittenOutput, Target as WrittenTarget } from '../../spec/types.gen.ts';
import { features } from '../feature.ts';
import type { Output, TargetConfig } from '../target-config.ts';
import { knownCluster } from './clusters.ts';
import type { Linking } from './linking.ts';
import { reportOutputConflicts } from './output-conflicts.ts';
import { reportOutputPlace } from './output-places.ts';
import { entriesOf, itemsOf, locationOf, originOfWritten, type SpecPlace } from './spec-place.ts';
import { suggestion } from './suggestion.ts';

export const messages = defineMessages({
  MESH2160: {
    severity: 'error',
    text: 'there is no feature {name}{hint}',
    explanation:
      '`degrade` takes the names of features that may be weakened on this target; `mesh explain` and the warnings of `mesh validate` name them.',
  },
});

/** Returns the targets of the Mesh; reports targets that write to the same place. */
export function targetsOf(linking: Linking): Readonly<Record<string, TargetConfig>> {
  const targets = entriesOf(linking.mesh.targets).map(([name, target, at]) =>
    targetOf(linking, name, target, at),
  );
  reportOutputConflicts(linking, targets);
  return record(targets.map((target) => [target.name, target]));
}

function targetOf(linking: Linking, name: string, target: WrittenTarget, at: SpecPlace): TargetConfig {
  const { platform, version, cluster, options, delivery } = target;
  const known =
    cluster !== undefined && knownCluster(linking, cluster, { container: target, key: 'cluster' });
  if (target.output !== undefined) reportOutputPlace(linking, target.output);
  const output = target.output && outputOf(target.output);
  return {
    origin: originOfWritten({ ...at, part: 'key' }),
    name,
    platform,
    ...(version !== undefined && { version }),
    ...(known && { cluster }),
    options: options ?? {},
    degrade: itemsOf(target.degrade).flatMap(([feature, featureAt]) => degraded(linking, feature, featureAt)),
    ...(output && { output }),
    delivery: {
      requirePlan: delivery?.requirePlan ?? false,
      branches: delivery?.branches ?? [],
      ...(delivery?.requireSigned !== undefined && { requireSigned: delivery.requireSigned }),
    },
  };
}

function degraded(linking: Linking, name: string, at: SpecPlace): readonly string[] {
  if (Object.hasOwn(features, name)) return [name];
  const { hint, details } = suggestion(linking.report, { name, ...at }, name, Object.keys(features));
  linking.report(finding(messages, 'MESH2160', locationOf(at), { name, hint }, details));
  return [];
}

type OutputKind = Exclude<keyof WrittenOutput, 'path' | 'seenAs'>;

/** Functions that link the kinds of outputs; a kind of the schema without a function doesn't compile. */
const linkedOutputs: { readonly [K in OutputKind]: (written: NonNullable<WrittenOutput[K]>) => Output } = {
  kubernetes: ({ context, stateNamespace }) => ({
    type: 'kubernetes',
    ...(context !== undefined && { context }),
    stateNamespace: stateNamespace ?? 'mesh-system',
  }),
  git: ({ repository, branch, path, propose, layout, syncWaves, observe }) => ({
    type: 'git',
    repository,
    branch,
    path: path ?? '.',
    propose: propose ?? false,
    ...(layout !== undefined && { layout }),
    ...(syncWaves !== undefined && { syncWaves }),
    ...(observe && { observe: observe.context }),
  }),
  directory: (written) => {
    const { path, seenAs } = typeof written === 'string' ? { path: written } : written;
    return { type: 'directory', path, ...(seenAs !== undefined && { seenAs }) };
  },
};

/** Returns an output; `{path, seenAs}` has the meaning of `{directory: {path, seenAs}}`. */
function outputOf({ path, seenAs, ...written }: WrittenOutput): Output | undefined {
  if (path !== undefined) return linkedOutputs.directory({ path, ...(seenAs !== undefined && { seenAs }) });
  const kinds = Object.keys(linkedOutputs) as OutputKind[];
  const kind = kinds.find((one) => written[one] !== undefined);
  if (kind === undefined) return undefined;
  // The function fits the value: both belong to the same kind. TypeScript can't see this.
  const linked = linkedOutputs[kind] as (value: WrittenOutput[OutputKind]) => Output;
  return linked(written[kind]);
}
