import type { Condition } from '../condition.ts';
import type { SymbolicArrival } from './symbolic-arrival.ts';

/** A condition with the parts of the arrival that it depends on. */
interface Remembered {
  readonly arrival: SymbolicArrival;
  readonly condition: Condition;
}

/** The most arrivals that are remembered for one part of a rule: ports and hosts. */
const most = 16;

const known = new WeakMap<object, Remembered[]>();

/**
 * Returns the condition of a part of a rule that doesn't ask for the caller: the callers at one port share the condition,
 * so that it is compiled once.
 */
export function sharedCondition(part: object, arrival: SymbolicArrival, make: () => Condition): Condition {
  const list = known.get(part) ?? [];
  const found = list.find((one) => isAlike(one.arrival, arrival));
  if (found !== undefined) return found.condition;
  const condition = make();
  if (list.length >= most) list.shift();
  list.push({ arrival, condition });
  known.set(part, list);
  return condition;
}

/** Returns true if arrivals differ in nothing but the caller. */
function isAlike(one: SymbolicArrival, other: SymbolicArrival): boolean {
  return (
    one.host === other.host &&
    one.path === other.path &&
    one.changes === other.changes &&
    one.sni === other.sni &&
    one.port.name === other.port.name &&
    one.port.number === other.port.number &&
    one.port.http === other.port.http &&
    one.reserved.length === other.reserved.length &&
    one.reserved.every((name, index) => name === other.reserved[index])
  );
}
