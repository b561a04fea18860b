import type { SmiRelease } from './releases.ts';

/** The parts of SMI that one mesh takes, and its reading of them where the specification is silent. */
export interface SmiDialect {
  /** The name of the mesh in messages. */
  readonly mesh: string;
  readonly release: SmiRelease;
  /** The form of the headers of a match: a list of maps with one key each, or one map. */
  readonly headers: 'list' | 'map';
  /** True if a TrafficSplit may have conditions. */
  readonly splitMatches: boolean;
  /** True if a TrafficSplit divides connections of ports without HTTP. */
  readonly splitsConnections: boolean;
  /** The form of the root Service of a TrafficSplit. */
  readonly splitService: 'name' | 'host';
  /** True if `pathRegex` in access can ask for the end of a path. Without it no condition on a path is written. */
  readonly accessPaths: boolean;
  /** The largest program of a pattern that the proxy takes, by `programSize`; absent: any. */
  readonly largestProgram?: number;
  /**
   * The way in which TrafficTargets divide what accounts may call: one for each list of matches, or (`matches`) one for
   * each list of accounts, in a mesh that decides about a request by one TrafficTarget that fits.
   */
  readonly targetsBy?: 'matches';
  /** True if a header in access is compared as a whole, with the values of all headers of its name. */
  readonly accessHeaders: boolean;
  /**
   * The place that names the port of a TrafficTarget: its destination, or a TCPRoute. With `TCPRoute` all HTTP ports of
   * an account have the same access; with `none` all of its ports.
   */
  readonly ports: 'destination' | 'TCPRoute' | 'none';
  /**
   * True if a TCPRoute also narrows the HTTPRouteGroups beside it. If false, a caller gets HTTP routes only if it may
   * open every other port of the account, because a mesh may open these, too.
   */
  readonly portsNarrow: boolean;
}
