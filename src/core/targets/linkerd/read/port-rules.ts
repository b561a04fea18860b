import type { AccessException, AccessTo } from '../../../spec/types.gen.ts';
import { type Callers, isWithin, union } from './callers.ts';
import { isDisjoint, orderOf } from './match-order.ts';
import type { PolicyMatch } from './policy-matches.ts';

/** Callers of a port who may make certain requests. */
export interface PortRule {
  readonly from: Callers;
  /** Undefined: every request. */
  readonly to?: readonly AccessTo[];
  readonly except?: readonly AccessTo[];
}

/**
 * Returns the rules of a Server with routes: a request is decided by the match that takes it. The rule of a match leaves out
 * the requests of matches that come first and let fewer callers in.
 */
export function matchRules(matches: readonly PolicyMatch[], ofServer: Callers): readonly PortRule[] {
  const all = matches.map((match) => ({ ...match, callers: union(match.callers, ofServer) }));
  const rules = all.flatMap((own): readonly PortRule[] => {
    if (own.to === undefined || own.callers.length === 0) return [];
    const said = own.to;
    const stricter = all.filter((other) => {
      if (other === own || isDisjoint(other.loose, said) || isWithin(own.callers, other.callers))
        return false;
      const order = other.to === undefined ? 'unsure' : orderOf(other.to, said);
      if (order === 'unsure')
        other.field.differently({
          callers:
            'requests that another match takes, too, are refused to callers whom only one of the two lets in',
          access: 'narrower',
        });
      return order !== 'after';
    });
    const except = unique(stricter.map(({ to, loose }) => to ?? loose));
    return [
      {
        from: own.callers,
        ...(Object.keys(said).length > 0 && { to: [said] }),
        ...(except.length > 0 && { except }),
      },
    ];
  });
  return merged(rules.filter(({ except }) => except?.some(isEverything) !== true));
}

function isEverything(to: AccessTo): boolean {
  return Object.keys(to).length === 0;
}

/** Rules that differ in their requests alone become one. */
function merged(rules: readonly PortRule[]): readonly PortRule[] {
  const byRest = new Map<string, PortRule>();
  for (const rule of rules) {
    const { to, ...rest } = rule;
    const key = JSON.stringify([rest, to === undefined]);
    const known = byRest.get(key);
    byRest.set(
      key,
      known?.to === undefined || to === undefined ? rule : { ...known, to: unique([...known.to, ...to]) },
    );
  }
  return [...byRest.values()];
}

function unique(list: readonly AccessTo[]): readonly AccessTo[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
}

/** Returns the exceptions of a rule in the form of an Access. */
export function exceptionsOf({ except }: PortRule, ports: AccessTo): readonly AccessException[] {
  return except === undefined ? [] : [{ to: except.map((one) => ({ ...ports, ...one })) }];
}
