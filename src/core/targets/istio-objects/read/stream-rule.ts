import type { Field } from '../../../import/field.ts';
import { isHostPattern } from '../../../import/written-values.ts';
import type { Backend, RouteRule } from '../../../spec/types.gen.ts';
import { readCallers } from './callers.ts';
import { readDestination } from './destination.ts';
import { type FailedShare, withoutInstances } from './failed-share.ts';
import { grouped, type ReadRule } from './read-rules.ts';
import type { Surroundings } from './surroundings.ts';

/** Reads one TLSRoute or TCPRoute of a VirtualService: one rule for each of its matches. */
export function readStreamRule(
  field: Field,
  protocol: 'tls' | 'tcp',
  namespace: string,
  surroundings: Surroundings,
): readonly ReadRule[] {
  const items = field.at('route').items();
  const failed: FailedShare[] = [];
  const backends: Backend[] = items.flatMap((item): readonly Backend[] => {
    const backend = readDestination(item.at('destination'), namespace, protocol, surroundings);
    const weight = item.at('weight').number();
    if (backend === undefined) {
      failed.push({ item, weight: items.length === 1 ? 1 : (weight ?? 0) });
      return [];
    }
    return [items.length === 1 ? backend : { ...backend, weight: weight ?? 0 }];
  });
  const nowhere = backends.length === 0 ? { nowhere: field } : {};
  if (backends.length === 0) field.differently({ callers: 'the rule leads to no known destination' });
  backends.push(...failed.flatMap((share) => withoutInstances(share, backends, surroundings)));
  const matches = field.at('match').items();
  if (matches.length === 0) return [{ rule: { backends }, ...nowhere }];
  const read = matches.flatMap((match) => readMatch(match, { backends }, surroundings));
  return grouped(read, ({ gateways, port }) => JSON.stringify([gateways, port])).map((group) => ({
    ...group[0],
    rule: { backends, ...alternatives(group) },
    ...nowhere,
  }));
}

/** A match without conditions takes every connection, whatever its alternatives say. */
function alternatives(group: readonly ReadRule[]): Pick<RouteRule, 'match'> {
  const all = group.map(({ rule }) => rule.match);
  return all.includes(undefined) ? {} : { match: all.flatMap((match) => match ?? []) };
}

function readMatch(field: Field, rule: RouteRule, surroundings: Surroundings): readonly ReadRule[] {
  const lost: Field[] = [];
  const lose = (condition: Field, why: string): void => {
    if (!condition.isPresent) return;
    condition.lost({ callers: `${why}: connections of this match take the next rule` });
    lost.push(condition);
  };
  const port = field.at('port').port();
  const gateways = field.at('gateways').texts();
  const names = field.at('sniHosts').texts() ?? [];
  lose(field.at('destinationSubnets'), 'the language has no ranges of destinations');
  lose(field.at('sourceSubnet'), 'a Route has no ranges of callers');
  const callers = readCallers(field, surroundings, lose);
  const sni = names.filter((name) => name !== '*');
  if (sni.some((name) => !isHostPattern(name)))
    lose(field.at('sniHosts'), 'one of the names is no host name');
  if (lost.length > 0) return [];
  const match = {
    ...(sni.length > 0 && sni.length === names.length ? { sni } : {}),
    ...callers,
  };
  return [
    {
      rule: { ...(Object.keys(match).length > 0 ? { match: [match] } : {}), ...rule },
      ...(port === undefined ? {} : { port }),
      ...(gateways === undefined ? {} : { gateways }),
    },
  ];
}
