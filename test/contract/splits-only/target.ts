import { type Feature, features } from '../../../src/core/ir/feature.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { spiffeId } from '../../../src/core/ir/principal.ts';
import type { ObjectArtifact } from '../../../src/core/targets/artifact.ts';
import { object } from '../../../src/core/targets/kubernetes-objects/object.ts';
import { objectName } from '../../../src/core/targets/kubernetes-objects/object-name.ts';
import type { Capabilities, Capability, Target } from '../../../src/core/targets/target.ts';

const apiVersion = 'split.smi-spec.io/v1alpha4';
const none: Capability = {
  none: 'a mesh that does nothing but splits has no way to do it',
  callers: 'calls go on as if nobody had asked for it',
};
const nothing = Object.fromEntries(Object.keys(features).map((feature) => [feature, none])) as Record<
  Feature,
  Capability
>;
const capabilities: Capabilities = { ...nothing, 'route.split': 'full' };

/** A target that supports weighted splits (SMI's TrafficSplit) and no other feature, not even of the base. */
export const splitsOnly: Target = {
  name: 'smi',
  title: 'Splits',
  versions: ['1'],
  capabilities,
  owns: [{ apiVersion, kind: 'TrafficSplit' }],
  lower,
  identity: spiffeId,
};

function lower({ services }: Ir): readonly ObjectArtifact[] {
  return Object.values(services).flatMap(({ id, namespace, name, ports }) =>
    ports.flatMap(({ name: port, route }) => {
      const split = route.rules.flatMap(({ action }) =>
        action.type === 'forward' && action.backends.length > 1 ? [action.backends] : [],
      );
      const [backends] = split;
      if (backends === undefined) return [];
      return [
        object({
          apiVersion,
          kind: 'TrafficSplit',
          namespace,
          name: objectName(name, port),
          from: `Service/${id}`,
          origins: backends.map(({ origin }) => origin),
          spec: {
            service: name,
            backends: backends.map(({ service, version = 'all', weight }) => ({
              service: objectName(...service.split('/'), version),
              weight,
            })),
          },
        }),
      ];
    }),
  );
}
