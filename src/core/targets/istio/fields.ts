import type { Json } from '../artifact.ts';

/** Fields of an object. */
export interface Fields {
  readonly [key: string]: Json | undefined;
}
