import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { GrpcMatch, RouteMatch as WrittenMatch } from '../../spec/types.gen.ts';
import type { PathMatch, RouteMatch } from '../match.ts';
import { headerMatches, pathMatch, queryMatches } from './conditions.ts';
import { cookieMatches } from './cookie-matches.ts';
import { reportUnknownPort } from './ports.ts';
import { principalMatches } from './principals.ts';
import type { RuleScope } from './rule-scope.ts';
import { itemsOf, keyLocationOf, originOfWritten } from './spec-place.ts';

export const messages = defineMessages({
  MESH2045: {
    severity: 'error',
    text: 'on the {layer} port {port} a match has no `{field}`',
    explanation:
      'On tls and tcp ports no request can be seen: a match there has only `sni` (tls), `port` and `from`. Say with `ports` for which ports the Route is.',
  },
  MESH2046: {
    severity: 'error',
    text: 'a match on `sni` needs a tls port, and {port} speaks {layer}',
    explanation:
      'A match on the server name is possible where TLS passes through. Where TLS has ended, match on the host (the hostnames of the Route) instead.',
  },
  MESH2047: {
    severity: 'error',
    text: '`grpc` and `path` stand in one match',
    explanation:
      'The path of a gRPC call is `/service/method`: `grpc` is a condition on the path. Write one of the two.',
  },
});

/**
 * Returns the matches of a rule that are possible in the scope; undefined if none is. An empty list matches every
 * request.
 */
export function routeMatches(
  scope: RuleScope,
  written: readonly WrittenMatch[] | undefined,
): readonly RouteMatch[] | undefined {
  if (written === undefined) return [];
  const matches = itemsOf(written).flatMap(([match, at]) => {
    check(scope, match);
    if (match.port !== undefined && match.port !== scope.entry.name) return [];
    return { origin: originOfWritten(at), ...conditions(scope, match) };
  });
  return matches.length === 0 ? undefined : matches;
}

function conditions(scope: RuleScope, match: WrittenMatch): Omit<RouteMatch, 'origin'> {
  const { linking, route, entry } = scope;
  const path = match.grpc === undefined ? match.path && pathMatch(match.path) : grpcPath(match.grpc);
  return {
    ...(path && { path }),
    ...(match.methods && { methods: match.methods }),
    headers: [...headerMatches(match.headers), ...cookieMatches(linking, match.cookies)],
    query: queryMatches(match.query),
    ...(match.from && { from: principalMatches(linking, match.from, route.namespace) }),
    ...(match.port !== undefined && { port: entry.number }),
    ...(match.sni !== undefined && { sni: typeof match.sni === 'string' ? [match.sni] : match.sni }),
  };
}

function check({ linking, layer, entry, entries }: RuleScope, match: WrittenMatch): void {
  const values = { layer, port: entry.name };
  const at = (key: string): { container: object; key: string } => ({ container: match, key });
  if (match.port !== undefined && !entries.portNames.includes(match.port)) {
    reportUnknownPort(linking, entries, match.port, at('port'));
  }
  if (match.grpc !== undefined && match.path !== undefined) {
    linking.report(finding(messages, 'MESH2047', keyLocationOf(at('path')), {}));
  }
  // A match for another port doesn't apply to this port.
  if (match.port !== undefined && match.port !== entry.name) return;
  if (layer !== 'tls' && match.sni !== undefined) {
    linking.report(finding(messages, 'MESH2046', keyLocationOf(at('sni')), values));
  }
  if (layer === 'http') return;
  for (const field of ['path', 'methods', 'headers', 'cookies', 'query', 'grpc'] as const) {
    if (match[field] === undefined) continue;
    linking.report(finding(messages, 'MESH2045', keyLocationOf(at(field)), { ...values, field }));
  }
}

/** Returns the path of a gRPC call (gRPC over HTTP/2). */
function grpcPath({ service, method }: GrpcMatch): PathMatch {
  if (service === undefined) return { type: 'regex', value: `/[^/]+/${method ?? '[^/]+'}` };
  return method === undefined
    ? { type: 'prefix', value: `/${service}` }
    : { type: 'exact', value: `/${service}/${method}` };
}
