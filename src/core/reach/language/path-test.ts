import type { PathMatch } from '../../ir/match.ts';

/** A path as a server receives it: the path of the request, perhaps without its beginning and behind another one. */
export interface ReceivedPath {
  /** Number of characters that the route removes. */
  readonly drop: number;
  readonly prepend: string;
  /** True if slashes at the beginning of the rest are removed. */
  readonly strips: boolean;
}

/** A condition on a received path. */
export interface PathTest {
  readonly match: PathMatch;
  readonly received: ReceivedPath;
}

/** The path as sent and normalised. */
export const asSent: ReceivedPath = { drop: 0, prepend: '', strips: false };
