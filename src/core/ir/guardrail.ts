import type { Location } from '../location.ts';
import type { PathMatch } from './match.ts';
import type { Node } from './node.ts';
import type { PrincipalMatch } from './principal.ts';
import type { ServiceId } from './service-id.ts';

/** Destinations of a flow, and the part of their requests that the flow is about; an absent field is no condition. */
export interface FlowTarget {
  /** Place of the target in the spec. */
  readonly location: Location;
  /** Services and Externals, at least one. */
  readonly ids: readonly ServiceId[];
  readonly ports?: readonly string[];
  /** Upper case. */
  readonly methods?: readonly string[];
  readonly paths?: readonly PathMatch[];
}

/** Calls from any of these callers to any of these targets. */
export interface Flow {
  readonly from: readonly PrincipalMatch[];
  readonly to: readonly FlowTarget[];
}

/** A service that is let off until the end of a day. */
export interface Waiver {
  /** Place of the waiver in the spec. */
  readonly location: Location;
  readonly service: ServiceId;
  /** The last day on which the waiver holds, `YYYY-MM-DD` (UTC). */
  readonly expires: string;
}

/** Conditions on the flows of the whole mesh. */
export interface Guardrail extends Node {
  readonly name: string;
  readonly severity: 'error' | 'warning';
  /** Flows of which none exists. */
  readonly never: readonly Flow[];
  /** Flows beside which none exists to the same targets. */
  readonly only: readonly Flow[];
  /** Flows that all exist. */
  readonly must: readonly Flow[];
  readonly waivers: readonly Waiver[];
}
