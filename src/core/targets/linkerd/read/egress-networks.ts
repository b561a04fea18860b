import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';

/** The namespace whose networks hold for the clients of all namespaces. */
const forAll = 'linkerd-egress';

/** Reads EgressNetworks. Returns the posture for hosts outside of the mesh, which the language has once for the mesh. */
export function readEgressNetworks(
  documents: readonly NativeDocument[],
  context: ReadContext,
): 'allow' | 'deny' {
  const read = documents.map((document) => {
    const spec = document.root.at('spec');
    const networks = spec.at('networks');
    const policy = spec.at('trafficPolicy');
    const isDeny = policy.text() === 'Deny';
    if (networks.isPresent)
      networks.differently({
        callers: isDeny
          ? 'all hosts outside of the mesh are closed, whatever network they are in'
          : 'the network says nothing that the spec needs: hosts have names there',
        ...(isDeny ? ({ access: 'narrower' } as const) : {}),
      });
    return { namespace: context.namespaceOf(document), isDeny, policy };
  });
  const denies = read.filter(({ isDeny }) => isDeny);
  if (denies.length === 0) return 'allow';
  const closed = new Set(denies.map(({ namespace }) => namespace));
  const namespaces = new Set(context.inventory.services.map(({ namespace }) => namespace));
  const isForAll = closed.has(forAll) || [...namespaces].every((one) => closed.has(one));
  if (!isForAll)
    for (const { policy } of denies)
      policy.differently({
        callers:
          'the spec closes hosts outside of the mesh for all namespaces, those without such a network, too',
        access: 'narrower',
      });
  return 'deny';
}
