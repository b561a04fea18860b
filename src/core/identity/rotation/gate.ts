/** The state of a condition. `unseen`: nobody can tell; waiting doesn't change this. */
export type GateState = 'met' | 'unmet' | 'unseen';

/** A condition of a gate, about one verifier, one certificate, one target, one key, or the time. */
export interface GateItem {
  /** The target; empty for the whole trust domain. */
  readonly target: string;
  /** The id of a proxy, or the name of anything else, for people. */
  readonly who: string;
  readonly kind: 'verifier' | 'leaf' | 'target' | 'key' | 'time';
  readonly state: GateState;
  /** The reason of the state, for people. */
  readonly detail: string;
  /** The command that may meet the condition; absent if there is none. */
  readonly way?: string;
}

/** The conditions of a step. */
export interface Gate {
  /** `unmet` if one of the items is; else `unseen` if one is. */
  readonly state: GateState;
  readonly items: readonly GateItem[];
}

/** Returns the gate of some conditions. */
export function gateOf(items: readonly GateItem[]): Gate {
  const has = (state: GateState): boolean => items.some((item) => item.state === state);
  return { state: has('unmet') ? 'unmet' : has('unseen') ? 'unseen' : 'met', items };
}

/** Returns the name of an item in messages: `local/web-1`. */
export function itemName({ target, who }: GateItem): string {
  return target === '' ? who : who === '' ? target : `${target}/${who}`;
}
