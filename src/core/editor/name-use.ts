import type { Location } from '../location.ts';

/** A thing of a mesh that documents name. */
export type NamedThing = 'service' | 'gateway' | 'version' | 'namespace';

/** A place that defines a name or refers to it. */
export interface NameUse {
  readonly thing: NamedThing;
  /** `shop/reviews`; of a version `shop/reviews v1`; of a namespace its name. */
  readonly id: string;
  readonly name: string;
  /** True for the document or the entry that makes the name known. */
  readonly isDefinition: boolean;
  /** The name alone: without quotes, and without the namespace before a slash. */
  readonly location: Location;
}
