import type { Ir } from '../../../ir/ir.ts';
import type { PrincipalMatch } from '../../../ir/principal.ts';
import type { Backend } from '../../../ir/route.ts';
import type { ServiceId } from '../../../ir/service-id.ts';
import type { Fields } from '../typed-config.ts';

/** Conditions of an Envoy RouteMatch (`filter_state`, `headers`), or a result that is known when compiling. */
export type CallerCondition = Fields | 'always' | 'never';

/** The place of a rule, which determines its lowering: its port, its callers, and the clusters of its backends. */
export interface RouteContext {
  readonly ir: Ir;
  /** The number that `port` in a match is compared with. */
  readonly port: number;
  /** Exact host names (without ports) of incoming requests, as far as they are known. */
  readonly names: readonly string[];
  /** The scheme of incoming requests. */
  readonly scheme: 'http' | 'https';
  /** Returns conditions on the caller's verified identity. */
  readonly caller: (from: readonly PrincipalMatch[]) => CallerCondition;
  /** A condition of every route in addition to its own. */
  readonly guard?: Fields;
  /** Filters that preflights skip, by `typed_per_filter_config`. */
  readonly beforeChecks?: Fields;
  /** The External whose own routes these are: any caller that gets here may call it. */
  readonly admits?: ServiceId;
  /** Returns true for services that are hidden from the callers of these routes: their share gets 404. */
  readonly hides?: (service: ServiceId) => boolean;
  /** Returns the name of the cluster of a backend or mirror and records that it is needed. */
  readonly cluster: (backend: Pick<Backend, 'service' | 'version' | 'port'>) => string;
  /**
   * Returns the mark that tells an egress gateway the port of calls to a backend; undefined if they don't go through a
   * gateway.
   */
  readonly mark: (backend: Pick<Backend, 'service' | 'port'>) => string | undefined;
}
