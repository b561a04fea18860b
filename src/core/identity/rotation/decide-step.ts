import { type Gate, type GateItem, itemName } from './gate.ts';
import type { GatePassage, TrustPhase } from './rotation.ts';

/** The person who asks for a step, and the gates that this person answers for. */
export interface StepRequest {
  /** `user@host`. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  /** True to pass conditions that are not met. */
  readonly force: boolean;
  /** The reason why conditions that nobody sees are met. */
  readonly attest?: string;
  /** True if the key of the old authority is in wrong hands: the step waits for no time, and unseen proxies may break. */
  readonly isCompromised: boolean;
}

/** `go`: the step may be taken; `breaks` has the conditions that don't hold. `waiting`: `open` has to be met first. */
export type StepDecision =
  | { readonly state: 'go'; readonly passage: GatePassage; readonly breaks: readonly GateItem[] }
  | { readonly state: 'waiting'; readonly open: readonly GateItem[] };

/** Decides if a step may be taken. A condition of time is met by time alone, unless somebody forces the step. */
export function decideStep(gate: Gate, to: TrustPhase, request: StepRequest): StepDecision {
  const left = gate.items.filter(({ state }) => state !== 'met');
  const open = left.filter((item) => holds(item, request));
  if (open.length > 0 && !request.force) return { state: 'waiting', open };
  const unseen = left.some(({ state }) => state === 'unseen');
  const passage: GatePassage = {
    to,
    at: request.at,
    by: request.by,
    met: gate.items.length - left.length,
    ...(left.length > 0 && { open: left.map(itemName) }),
    ...(request.attest !== undefined && unseen && { attested: request.attest }),
    ...(open.length > 0 && { isForced: true as const }),
  };
  const attested = request.attest === undefined ? left : left.filter(({ state }) => state !== 'unseen');
  return { state: 'go', passage, breaks: attested };
}

function holds({ state, kind }: GateItem, { attest, isCompromised }: StepRequest): boolean {
  if (kind === 'time') return !isCompromised;
  return state === 'unmet' || (attest === undefined && !isCompromised);
}
