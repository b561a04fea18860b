import type { Field } from '../../../../import/field.ts';
import type { AccessException } from '../../../../spec/types.gen.ts';
import type { Caller, ReadRule, ReadRules } from './access.ts';
import type { Content, ReadInbound } from './inbound.ts';
import type { Reading } from './reading.ts';

/** Returns the rules of a port of connections, to which the TLS of the chain and its chain for plain text belong. */
export function streamRules(
  reading: Reading,
  mode: ReadInbound['mode'],
  first: Content | undefined,
  second: Content | undefined,
  listener: Field,
): ReadRules {
  if (mode === 'disabled') return rulesWithoutIdentity(first?.isOpen === true);
  const rules: ReadRules = first?.rules ?? { closed: false, allow: new Map(), deny: new Map() };
  const allows: readonly ReadRule[] = rules.closed ? effective(rules.allow) : [{}];
  const takesAnyone = allows.some(isOfAnyone);
  const deniesAnyone = effective(rules.deny).some(isOfAnyone);
  if (second !== undefined && second.isOpen !== (takesAnyone && !deniesAnyone))
    reading.report(listener.at('default_filter_chain'), 'plain text to be taken as the rules say');
  const named: readonly Caller[] = takesAnyone ? [] : allows.flatMap(({ from }) => from ?? []);
  const wanted = named.filter((caller) => !isRefused(rules, caller));
  const list = takesAnyone || wanted.length > 0 ? wanted : [{ principal: 'nobody' }];
  const callers = first?.callers;
  const isRight = callers === undefined ? takesAnyone : isSameList(callers, list);
  if (!isRight) reading.report(listener, 'the handshake to take the callers that the rules allow');
  return rules;
}

/** Returns the rules where callers have no identity: connections are taken from all of them or from none. */
function rulesWithoutIdentity(isOpen: boolean): ReadRules {
  return { closed: true, allow: new Map(isOpen ? [['0', [{}]]] : []), deny: new Map() };
}

/** Returns rules without those of which an exception takes every connection. */
function effective(rules: ReadRules['allow']): readonly ReadRule[] {
  const takesAll = ({ from }: AccessException): boolean =>
    from === undefined || from.some((one) => typeof one === 'object' && one.anyone === true);
  return [...rules.values()].flat().filter(({ except = [] }) => !except.some(takesAll));
}

function isOfAnyone({ from }: ReadRule): boolean {
  return from === undefined;
}

/** Returns true for a caller that a deny refuses whatever it calls. */
function isRefused({ deny }: ReadRules, caller: Caller): boolean {
  return effective(deny).some(
    ({ from, to, except }) =>
      to === undefined &&
      except === undefined &&
      (from === undefined || from.some((one) => isSame(one, caller))),
  );
}

function isSameList(some: readonly Caller[], others: readonly Caller[]): boolean {
  const [one, other] = [some, others].map((list) => list.map((caller) => JSON.stringify(caller)).sort());
  return JSON.stringify(one) === JSON.stringify(other);
}

function isSame(one: Caller, other: Caller): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
