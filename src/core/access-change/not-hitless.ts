import type { Ir } from '../ir/ir.ts';
import { type RequestJson, requestJson } from '../reach/request-json.ts';
import { strayRequests } from '../reach/stray-requests.ts';
import { accessBetween } from './access-between.ts';
import { type AccessOrder, objectsBetween } from './objects-between.ts';
import { isSafeInOneStep } from './one-step.ts';

/** A request that is decided on the way as neither mesh says, or the reason why there may be one. */
export interface NotHitless {
  /** Absent if the comparison was given up. */
  readonly request?: RequestJson;
  readonly why: string;
}

/** The way from one mesh to the next: by the stages of a directory, or object by object. */
export type Way = 'stages' | AccessOrder;

/**
 * Returns requests that the way between two meshes doesn't keep: both allow them and a mesh on the way refuses them, or
 * neither allows them and a mesh on the way does. Each stands for all of its kind at one port.
 */
export function notHitless(old: Ir, next: Ir, by: Way = 'stages'): readonly NotHitless[] {
  if (isSafeInOneStep(old, next)) return [];
  const { changed, first, before, after, last } = accessBetween(old, next);
  if (!changed) return [];
  const way =
    by === 'stages'
      ? [first, before, after, last].filter((one) => one !== undefined)
      : objectsBetween(old, next, by);
  return strayRequests(old, next, way).map((stray) =>
    'unproved' in stray
      ? { why: `not proved: ${stray.unproved}` }
      : { request: requestJson(stray.request), why: stray.why },
  );
}
