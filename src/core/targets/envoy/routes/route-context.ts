import type { Ir } from '../../../ir/ir.ts';
import type { PrincipalMatch } from '../../../ir/principal.ts';
import type { Backend } from '../../../ir/route.ts';
import type { ServiceId } from '../../../ir/service-id.ts';
import type { Fields } from '../typed-config.ts';

/** Conditions of an Envoy RouteMatch (`filter_state`, `headers`), or what is known already. */
export type CallerCondition = Fields | 'always' | 'never';

/** The place of a rule, which decides its lowering: its port, its callers, and the clusters of backends. */
export interface RouteContext {
  readonly ir: Ir;
  /** Number that `port` in a match is compared with. */
  readonly port: number;
  /** Exact names (no ports) that requests come in for, as far as they are known. */
  readonly names: readonly string[];
  /** Scheme that requests come in with. */
  readonly scheme: 'http' | 'https';
  /** Conditions on the caller's verified identity. */
  readonly caller: (from: readonly PrincipalMatch[]) => CallerCondition;
  /** Condition that every route carries beside its own. */
  readonly guard?: Fields;
  /** Filters that preflights pass unasked, by `typed_per_filter_config`. */
  readonly beforeChecks?: Fields;
  /** The External whose own routes these are: who comes here may call it. */
  readonly admits?: ServiceId;
  /** Returns true for services that are kept from the callers that route here: their share gets 404. */
  readonly hides?: (service: ServiceId) => boolean;
  /** Name of the cluster of a backend or mirror, noted as needed. */
  readonly cluster: (backend: Pick<Backend, 'service' | 'version' | 'port'>) => string;
  /** Returns the mark that tells an egress gateway about calls to a backend; undefined if they take no gateway. */
  readonly mark: (backend: Pick<Backend, 'service' | 'port'>) => string | undefined;
}
