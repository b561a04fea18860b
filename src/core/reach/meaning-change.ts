import type { Outcome } from '../semantics/outcome.ts';
import type { Request } from '../semantics/request.ts';
import type { Described } from './describe.ts';

/** Requests to one destination that two meshes decide differently in the same way. */
export interface ChangedRequests {
  /** A short digest of the whole content but for lines of the spec: the same change has the same id. */
  readonly id: string;
  readonly kind: 'gained' | 'lost' | 'routing';
  /** The callers, in words. */
  readonly from: readonly string[];
  /** The id of the service, External or gateway, or `hosts that nothing names`. */
  readonly to: string;
  readonly port: string;
  /** Conditions on the requests, by the name of the variable: `the method`, `the path`, `the header x-user`. */
  readonly conditions: ReadonlyMap<string, Described>;
  /** One of the requests, as `decide` takes it. */
  readonly request: Request;
  readonly before: Outcome;
  readonly after: Outcome;
}

/** The difference of two meshes for all requests. */
export interface MeaningChange {
  readonly gained: readonly ChangedRequests[];
  readonly lost: readonly ChangedRequests[];
  readonly routing: readonly ChangedRequests[];
  /** Reasons why the difference isn't complete; if empty, requests that aren't listed are decided alike (proved). */
  readonly unproved: readonly string[];
  /** Ports whose requests change in more ways than are listed. */
  readonly cut: readonly string[];
}
