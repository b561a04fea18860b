import type { Bytes, Wire } from './wire.ts';

/** Another way to write a request. */
export interface Spelling {
  readonly name: string;
  /** It means what the request means, so what refuses the one refuses the other. */
  readonly same: boolean;
  /** Returns undefined if the request has nothing that can be written so. */
  readonly spell: (wire: Wire) => readonly Bytes[] | undefined;
}
