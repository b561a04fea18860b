import { defineMessages, finding } from '../../../diagnostics/message.ts';
import type { SpecObject } from '../../../spec/spec.ts';
import type { RolloutDocument } from '../../../spec/types.gen.ts';
import type { Ir } from '../../ir.ts';
import type { Service } from '../../service.ts';
import type { TargetConfig } from '../../target-config.ts';
import type { Linking } from '../linking.ts';
import { itemsOf, locationOf } from '../spec-place.ts';
import { suggestion } from '../suggestion.ts';

export const messages = defineMessages({
  MESH2388: {
    severity: 'error',
    text: 'the Mesh has no target {name}{hint}',
    explanation: 'Targets are declared in `spec.targets` of the Mesh. Declare it, or correct the name.',
  },
  MESH2389: {
    severity: 'error',
    text: 'target {name} is the cluster {cluster}, in which {service} does not run',
    explanation:
      'A Rollout moves weights where its services are. Take the target out of the Rollout, or add the cluster to `clusters` of the Service.',
  },
});

/**
 * Returns the names of a Rollout's targets, each once: the named ones, or else all targets that have the Rollout's
 * services.
 */
export function rolloutTargets(
  linking: Linking,
  ir: Ir,
  { value: { spec } }: SpecObject<RolloutDocument>,
  services: readonly Service[],
): readonly string[] {
  const all = Object.values(ir.targets);
  const lacking = ({ cluster }: TargetConfig): Service | undefined =>
    cluster === undefined ? undefined : services.find(({ clusters }) => !clusters.includes(cluster));
  if (spec.targets === undefined)
    return all.filter((target) => lacking(target) === undefined).map(({ name }) => name);
  const named = itemsOf(spec.targets).flatMap(([name, at]) => {
    const target = all.find((one) => one.name === name);
    if (target === undefined) {
      const known = all.map((one) => one.name);
      const { hint, details } = suggestion(linking.report, { name, ...at }, name, known);
      linking.report(finding(messages, 'MESH2388', locationOf(at), { name, hint }, details));
      return [];
    }
    const service = lacking(target);
    if (service === undefined) return [name];
    const values = { name, cluster: target.cluster ?? '', service: service.id };
    linking.report(finding(messages, 'MESH2389', locationOf(at), values));
    return [];
  });
  return [...new Set(named)];
}
