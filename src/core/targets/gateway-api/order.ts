import type { ObjectOrder } from '../target.ts';

/** An object precedes those that name it. */
const waveOfKind: Readonly<Record<string, number>> = {
  Service: 1,
  ReferenceGrant: 2,
  Gateway: 3,
  ListenerSet: 4,
};
const routes = 5;

/** Order of objects of the Gateway API: by dependency, removal in reverse after all that is written. */
export const order: ObjectOrder =
  () =>
  ({ before, after }) => {
    const wave = waveOfKind[(after ?? before)?.kind ?? ''] ?? routes;
    return after === undefined ? 2 * routes + 1 - wave : wave;
  };
