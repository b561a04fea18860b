import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import type { Backend, RouteRule } from '../../../spec/types.gen.ts';
import type { NamedPort } from './mesh-routes.ts';
import { grouped, type ReadRule } from './read-rules.ts';

/**
 * Returns the rules of a destination with several ports whose rules are the same at each of them, so that they ask for no port:
 * calls go on to the port that they came to. Undefined if a port has other rules, or none.
 */
export function rulesOfAllPorts(
  rules: readonly ReadRule[],
  ports: readonly NamedPort[] | undefined,
  id: string,
): readonly RouteRule[] | undefined {
  if (ports === undefined || ports.length < 2) return undefined;
  const lists = grouped(rules, ({ port }) => String(port)).map((list) => {
    const port = ports.find((one) => one.port === list[0]?.port);
    return port && list.map(({ rule }) => withoutPort(rule, port.name, id));
  });
  const [first] = lists;
  const isWhole = lists.length === ports.length && !lists.includes(undefined);
  return isWhole && lists.every((list) => isSameJson(list as unknown as Json, first as unknown as Json))
    ? first
    : undefined;
}

/** Leaves out the port of backends and mirrors that are the destination itself. */
function withoutPort(rule: RouteRule, port: string, id: string): RouteRule {
  const to = <T extends Backend>({ port: there, ...rest }: T): T =>
    (rest.service === id && there === port ? rest : { ...rest, ...(there && { port: there }) }) as T;
  return {
    ...rule,
    ...(rule.backends && { backends: rule.backends.map(to) }),
    ...(rule.mirror && { mirror: rule.mirror.map(to) }),
  };
}
