import type { ObjectOrder } from '../target.ts';

/** Kinds that are written before those that refer to them, or that let callers in before routes lead there. */
const early = ['Service', 'MeshIdentity', 'MeshTLS', 'MeshPassthrough'];
const late = ['MeshTrafficPermission'];

/**
 * The order of Kuma's objects: Services of versions and identity first, then the settings of calls and routes, then
 * permissions. What goes goes in the opposite order, so that a route never leads to a Service that is gone.
 */
export const order: ObjectOrder =
  () =>
  ({ before, after }) => {
    const kind = (after ?? before)?.kind ?? '';
    const wave = early.includes(kind) ? 1 : late.includes(kind) ? 3 : 2;
    return after === undefined ? 7 - wave : wave;
  };
