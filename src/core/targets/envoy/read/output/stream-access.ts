import type { Field } from '../../../../import/field.ts';
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
  const everybody: ReadRules['allow'] = new Map([['0', [{}]]]);
  if (mode === 'disabled')
    // Callers have no identity: connections are taken from all of them or from none.
    return { closed: true, allow: first?.isOpen === true ? everybody : new Map(), deny: new Map() };
  const rules: ReadRules = first?.rules ?? { closed: false, allow: new Map(), deny: new Map() };
  const allows: readonly ReadRule[] = rules.closed ? [...rules.allow.values()].flat() : [{}];
  const takesAnyone = allows.some(({ from }) => from === undefined);
  const deniesAnyone = [...rules.deny.values()].flat().some(({ from }) => from === undefined);
  if (second !== undefined && second.isOpen !== (takesAnyone && !deniesAnyone))
    reading.report(listener.at('default_filter_chain'), 'plain text to be taken as the rules say');
  const named: readonly Caller[] = takesAnyone ? [] : allows.flatMap(({ from }) => from ?? []);
  const wanted = named.filter((caller) => !isRefused(rules, caller));
  const callers = first?.callers;
  const nobody = !takesAnyone && wanted.length === 0;
  const shown = (list: readonly Caller[]): string =>
    JSON.stringify(list.map((one) => JSON.stringify(one)).sort());
  const isRight =
    callers === undefined
      ? takesAnyone
      : shown(callers) === shown(nobody ? [{ principal: 'nobody' }] : wanted);
  if (!isRight) reading.report(listener, 'the handshake to take the callers that the rules allow');
  return rules;
}

/** Returns true for a caller that a deny refuses whatever it calls. */
function isRefused({ deny }: ReadRules, caller: Caller): boolean {
  return [...deny.values()]
    .flat()
    .some(
      ({ from, to, except }) =>
        to === undefined &&
        except === undefined &&
        (from === undefined || from.some((one) => isSame(one, caller))),
    );
}

function isSame(one: Caller, other: Caller): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
