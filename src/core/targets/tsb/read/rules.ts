import { defined } from '../../../import/defined.ts';
import type { Field } from '../../../import/field.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isMatchableHeader, isPath } from '../../../import/written-values.ts';
import type { Backend, HeaderMatch, PathMatch, RouteMatch } from '../../../spec/types.gen.ts';
import { headerCondition, readStringMatch } from '../../istio-objects/read/string-match.ts';
import { serviceOf } from './hierarchy.ts';

/** Returns the matches of a rule; undefined, with losses, if the language can say none of them; an empty list for all requests. */
export function readMatches(list: Field): readonly RouteMatch[] | undefined {
  const items = list.items();
  const matches = items.flatMap((item) => readMatch(item) ?? []);
  if (matches.length === 0 && items.length > 0) return undefined;
  return matches.some((match) => Object.keys(match).length === 0) ? [] : matches;
}

function readMatch(item: Field): RouteMatch | undefined {
  item.entries();
  item.at('name').withoutEffect('names of matches stand in logs alone');
  item.at('port').differently({ callers: 'the rule holds for all ports' });
  const path = readPath(item.at('uri'));
  const headers: Record<string, HeaderMatch> = {};
  let isSaid = path !== undefined;
  for (const [name, condition] of item.at('headers').entries()) {
    const read = readStringMatch(condition);
    if (read === undefined || !isMatchableHeader(name)) isSaid = false;
    else headers[name.toLowerCase()] = headerCondition(read);
  }
  if (!isSaid || path === undefined) {
    item.lost({ callers: 'the language can not say this condition: such requests go by the next rule' });
    return undefined;
  }
  return { ...(path !== 'any' && { path }), ...(Object.keys(headers).length > 0 && { headers }) };
}

/** A prefix is one of characters, as in Istio. */
function readPath(uri: Field): PathMatch | 'any' | undefined {
  if (!uri.isPresent) return 'any';
  const read = readStringMatch(uri);
  if (read === undefined || read === 'present') return undefined;
  if (read.form === 'regex') return { regex: read.text };
  if (!isPath(read.text)) return undefined;
  if (read.form === 'exact') return { exact: read.text };
  return read.text === '/' ? 'any' : { startsWith: read.text };
}

/** Returns a host and a port as a backend; undefined, with a loss, for a host that is no service of the mesh. */
export function readBackend(
  host: Field,
  port: Field,
  context: ReadContext,
  protocol: 'http' | 'tcp' = 'http',
): Backend | undefined {
  const id = serviceOf(host.text() ?? '', context);
  const number = port.port();
  if (id === undefined) {
    host.lost({
      callers: 'this host is no service of the mesh, so that it gets no requests: write an External',
    });
    return undefined;
  }
  const service = context.inventory.service(id);
  const named =
    service === undefined
      ? context.guess(id, { protocol, ...defined({ port: number }) }, host)
      : service.ports.find((one) => one.port === number)?.name;
  const isNamed = service === undefined || service.ports.length > 1;
  return { service: id, ...(isNamed && defined({ port: named })) };
}
