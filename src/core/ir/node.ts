import type { Origin } from '../location.ts';

/** An element of the linked mesh; `origin` is its place in the spec. */
export interface Node {
  readonly origin: Origin;
}
