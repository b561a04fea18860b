import type { Field } from '../../../import/field.ts';
import { ownedHeader } from '../../../ir/owned-header.ts';
import type { HeaderMatch, PathMatch, QueryMatch, RouteMatch, StringMatch } from '../../../spec/types.gen.ts';
import { plainPath, plainValue } from './plain-patterns.ts';

/** The conditions of a route; `lost` if the language has none that take only the same requests. */
export type ReadMatch = RouteMatch | 'lost';

/** Reads the match of an HTTP route, without its port. */
export function readHttpMatch(match: Field): ReadMatch {
  const path = readPath(match);
  const method = match.at('method').text();
  const headers = readHeaders(match.at('headers'));
  const query = readQuery(match.at('queryParameters'));
  const scheme = match.at('scheme');
  if (scheme.isPresent)
    scheme.lost({ callers: 'the route also takes requests that were sent with the other scheme' });
  if (path === 'lost' || headers === 'lost') return 'lost';
  return {
    ...(path && { path }),
    ...(method !== undefined && { methods: [method] }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(Object.keys(query).length > 0 && { query }),
  };
}

/** Reads the match of a gRPC route, without its port. */
export function readGrpcMatch(match: Field): ReadMatch {
  const service = match.at('serviceName').text();
  const method = match.at('methodName').text();
  const headers = readHeaders(match.at('metadata'));
  if (headers === 'lost') return 'lost';
  const path =
    service === undefined
      ? undefined
      : method === undefined
        ? { prefix: `/${service}` }
        : { exact: `/${service}/${method}` };
  if (service === undefined && method !== undefined) {
    match
      .at('methodName')
      .lost({ callers: 'the language has no method without a service: requests go to later routes' });
    return 'lost';
  }
  return { ...(path && { path }), ...(Object.keys(headers).length > 0 && { headers }) };
}

function readPath(match: Field): PathMatch | undefined | 'lost' {
  const prefix = match.at('prefix').text();
  const exact = match.along('path', 'exact').text();
  const regexField = match.along('path', 'regex');
  const regex = regexField.text();
  if (exact !== undefined) return isPath(exact) ? { exact } : lostPath(match.along('path', 'exact'));
  if (regex !== undefined) {
    // A group around all of it says that a pattern is meant.
    const plain = /^\^?\(\?:/.test(regex) ? undefined : plainPath(withoutAnchors(regex));
    if (plain !== undefined) return plain;
    regexField.differently({
      callers: 'the pattern has to match the whole path, as it has in Envoy',
    });
    return { regex: withoutAnchors(regex) };
  }
  if (prefix === undefined || prefix === '/') return undefined;
  // Envoy compares the characters of a prefix, and no path elements.
  return isPath(prefix) ? { startsWith: prefix } : lostPath(match.at('prefix'));
}

function isPath(path: string): boolean {
  return /^\/[^?#\s]*$/.test(path);
}

function lostPath(field: Field): 'lost' {
  field.lost({ callers: 'this is no path, so no request fits it' });
  return 'lost';
}

/** Anchors are of no use where the whole value has to match, and a choice inside them stays one part. */
function withoutAnchors(pattern: string): string {
  const inner = pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  const group = /^\(\?:(?<body>.*)\)$/.exec(inner)?.groups?.['body'];
  return group !== undefined && !/[()]/.test(group) ? group : inner;
}

function readHeaders(list: Field): Readonly<Record<string, HeaderMatch>> | 'lost' {
  const read: Record<string, HeaderMatch> = {};
  let isLost = false;
  for (const item of list.items()) {
    const name = item.at('name').text()?.toLowerCase();
    const inverted = item.at('invert').boolean() === true;
    const value = readValue(item.at('match'));
    if (
      name === undefined ||
      value === 'lost' ||
      Object.hasOwn(read, name) ||
      ownedHeader(name) !== undefined
    ) {
      item.lost({
        callers:
          'the language has no such condition on a header, or none on this header, so these requests go to later routes',
      });
      isLost = true;
      continue;
    }
    // Envoy takes no request without the header, whether the condition is inverted or not.
    read[name] =
      value === undefined ? { present: !inverted } : inverted ? { present: true, not: value } : value;
  }
  return isLost ? 'lost' : read;
}

function readValue(match: Field): StringMatch | undefined | 'lost' {
  if (!match.isPresent) return undefined;
  if (match.at('range').isPresent) return 'lost';
  for (const name of ['exact', 'prefix', 'suffix'] as const) {
    const value = match.at(name).text();
    if (value !== undefined) return { [name]: value };
  }
  const regex = match.at('regex').text();
  if (regex === undefined) return undefined;
  const pattern = withoutAnchors(regex);
  const plain = plainValue(pattern);
  if (plain !== undefined) return plain;
  match.at('regex').differently({ callers: 'the pattern has to match the whole value, as it has in Envoy' });
  return { regex: pattern };
}

function readQuery(list: Field): Readonly<Record<string, QueryMatch>> {
  return Object.fromEntries(
    list.items().flatMap((item): readonly (readonly [string, QueryMatch])[] => {
      const name = item.at('name').text();
      const exact = item.along('match', 'exact').text();
      if (name === undefined) return [];
      return [[name, exact === undefined ? { present: true } : { exact }]];
    }),
  );
}
