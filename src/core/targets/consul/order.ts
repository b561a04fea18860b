import type { ObjectOrder } from '../target.ts';
import { type Kind, kinds } from './entry.ts';

/**
 * The order of Consul's objects: a kind precedes the kinds that refer to it, and goes after them. Intentions are written
 * last, when the protocol of their service is known: until then nobody gets in. They go first for a service that goes,
 * so that its callers are refused before its routes end.
 */
export const order: ObjectOrder =
  () =>
  ({ before, after }) => {
    const kind = (after ?? before)?.kind ?? '';
    const position = kinds.indexOf(kind as Kind) + 1;
    return after === undefined ? 2 * kinds.length - position : position;
  };
