import type { Feature } from '../../ir/feature.ts';
import type { MayPrecede } from './precedence.ts';

/** The parts of the Gateway API that an implementation takes. */
export interface Dialect {
  /**
   * Returns true if the fields of a feature are not written, since the implementation may refuse a whole route because
   * of them.
   */
  lacks(feature: Feature): boolean;
  /** The way in which a route expresses retries: the experimental field `retry`, or annotations of the whole object. */
  readonly retries: 'unsaid' | 'field' | 'annotations';
  /** True if `%` in the value of a header begins a command, and is doubled to stand for itself. */
  readonly doublesPercent: boolean;
  /** True if patterns and other parts that the API leaves to implementations are promised. */
  readonly patterns: boolean;
  /** The largest program of a pattern that the proxy takes, by `programSize`; absent: any. */
  readonly largestProgram?: number;
  /** The most matches of a rule that the CRDs take; absent: 64. */
  readonly mostMatches?: number;
  /**
   * The port of a redirect that names none: the port by which requests arrive, or (`as requested`) the port of their
   * `Host`.
   */
  readonly redirectPorts?: 'as requested';
  /**
   * The scheme of a redirect that keeps that of the request: written, or (`if changed`) left out, because an
   * implementation takes a redirect to a scheme only for requests of another one.
   */
  readonly redirectSchemes?: 'if changed';
  /**
   * A rule inside the mesh without backends: it answers 500, or (`passed on`) sends its requests to the Service itself, so
   * that it has to name a backend that can't be there.
   */
  readonly rulesWithoutBackends?: 'passed on';
  /** The answer to requests that no rule takes, or whose rule leads nowhere; absent: 404 and 500. */
  readonly nowhere?: string;
  /** The prefix of a redirect: replaced by path element, or (`bare`) as it is, without regard to the slash behind it. */
  readonly redirectedPrefixes?: 'bare';
  /**
   * The slash behind a prefix that a filter replaces: it stays, or (`replaced`) is replaced with the prefix, so that the
   * replacement has to end in one, and the path that is the prefix is a match of its own.
   */
  readonly prefixSlashes?: 'replaced';
  /** Returns true if the first alternative may be taken before the second; absent: by the precedence of the API. */
  readonly mayPrecede?: MayPrecede;
}
