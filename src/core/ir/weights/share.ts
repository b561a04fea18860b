import type { ServiceId } from '../service-id.ts';

/**
 * The state of a service in its Rollout: `before` (all goes to `from`), `running` with the candidate's share in per
 * cent, or `promoted` (all goes to `to`).
 */
export type Share =
  | { readonly state: 'before' | 'promoted' }
  | { readonly state: 'running'; readonly weight: number };

/** The state of each service by the records; a service without an entry is `before`. */
export type Shares = Readonly<Record<ServiceId, Share>>;
