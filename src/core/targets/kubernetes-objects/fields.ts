import type { Json } from '../artifact.ts';

/** Fields of an object or of a part of one. */
export interface Fields {
  readonly [key: string]: Json | undefined;
}
