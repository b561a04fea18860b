import type { ObjectOrder } from '../target.ts';

/** The wave of each kind: an object precedes the objects that name it, and pods are closed before routes lead to them. */
const waveOfKind: Readonly<Record<string, number>> = {
  Service: 1,
  CiliumNetworkPolicy: 2,
  ReferenceGrant: 2,
  Gateway: 3,
  ListenerSet: 4,
};
const routes = 5;

/** The order of Cilium's objects: by dependency, and then the removals in reverse. */
export const order: ObjectOrder =
  () =>
  ({ before, after }) => {
    const wave = waveOfKind[(after ?? before)?.kind ?? ''] ?? routes;
    return after === undefined ? 2 * routes + 1 - wave : wave;
  };
