import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import {
  isHeaderValue,
  isHostPattern,
  isMatchableHeader,
  isPath,
  isPattern,
  isToken,
} from '../../../import/written-values.ts';
import type {
  Backend,
  HeaderChanges,
  HeaderMatch,
  PathMatch,
  RouteMatch,
  RouteRule,
} from '../../../spec/types.gen.ts';
import { readDuration } from './durations.ts';
import type { ReadGateway } from './gateways.ts';
import { readHeaderChanges, readRetries, readRewrite } from './route-actions.ts';
import type { ServiceNames } from './services.ts';

/** The objects that routes of API gateways refer to. */
export interface GatewayWorld {
  readonly gateways: ReadonlyMap<string, ReadGateway>;
  readonly names: ServiceNames;
  readonly context: ReadContext;
}

/** A rule with the numbers by which Consul orders the rules of a route. */
interface Ranked {
  readonly rule: RouteRule;
  readonly rank: readonly [path: number, headers: number, query: number];
}

/** Reads an HTTP route or TCP route of API gateways. */
export function readGatewayRoute(document: NativeDocument, world: GatewayWorld): readonly ReadDocument[] {
  const { root, kind } = document;
  const spec = root.at('spec');
  const namespace = world.context.namespaceOf(document);
  const hostnames = (spec.at('hostnames').texts() ?? []).filter((host) => host !== '*');
  const known = hostnames.filter(isHostPattern);
  if (known.length < hostnames.length)
    spec.at('hostnames').differently({ callers: 'a host that is no name is not taken' });
  const rules = kind === 'TCPRoute' ? tcpRules(spec, namespace, world) : httpRules(spec, namespace, world);
  const name = dnsLabel(document.name);
  if (name === undefined || rules.length === 0) {
    world.context.refuse(document, 'it has no name or no rule that the language has a form for');
    return [];
  }
  return spec
    .at('parents')
    .items()
    .flatMap((parent, index): readonly ReadDocument[] => {
      parent.at('kind').text();
      const gateway = world.gateways.get(parent.at('name').text() ?? '');
      const section = parent.at('sectionName').text();
      const listener = section === undefined || section === '' ? undefined : gateway?.listeners.get(section);
      if (gateway === undefined || (section !== undefined && section !== '' && listener === undefined)) {
        parent.lost({ callers: 'no such gateway or listener is among the input, so nothing enters by it' });
        return [];
      }
      return [
        {
          kind: 'Route',
          namespace,
          name: index === 0 ? name : `${name.slice(0, 58)}-${String(index + 1)}`,
          spec: {
            gateways: [gateway.document.name],
            ...(listener && gateway.listeners.size > 1 && { ports: [listener.name] }),
            ...(known.length > 0 && { hostnames: known }),
            rules,
          },
          from: [root],
        },
      ];
    });
}

function tcpRules(spec: Field, namespace: string, { names }: GatewayWorld): readonly RouteRule[] {
  const backends = readBackends(spec.at('services'), namespace, names, 'tcp');
  return backends.length === 0 ? [] : [{ backends }];
}

/** Consul takes the longest path first, then the most headers and queries, whatever the order of the rules. */
function httpRules(spec: Field, namespace: string, { names }: GatewayWorld): readonly RouteRule[] {
  const ranked = spec
    .at('rules')
    .items()
    .flatMap((rule) => readRule(rule, namespace, names));
  const compare = ({ rank: one }: Ranked, { rank: other }: Ranked): number =>
    other[0] - one[0] || other[1] - one[1] || other[2] - one[2];
  return ranked.sort(compare).map(({ rule }) => rule);
}

function readRule(item: Field, namespace: string, names: ServiceNames): readonly Ranked[] {
  const backends = readBackends(item.at('services'), namespace, names);
  const filters = item.at('filters');
  const matches = item.at('matches').items();
  const request = readHeaderList(filters.at('headers'));
  const response = readHeaderList(item.along('responseFilters', 'headers'));
  const rewrite = filters.along('urlRewrite', 'path');
  const timeouts = filters.at('timeoutFilter');
  const timeout = readDuration(timeouts.at('requestTimeout'));
  timeouts.at('idleTimeout').lost({ callers: 'a request on which nothing moves is not ended by this time' });
  const retries = readRetries(filters.at('retryFilter'));
  const jwt = filters.at('jwt');
  if (jwt.isPresent)
    jwt.lost({ callers: 'the gateway checks no token, so that such requests get 403', access: 'narrower' });
  const headers = { ...(request && { request }), ...(response && { response }) };
  const actions = {
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(timeout !== undefined && { timeout }),
    ...(retries && { retries }),
  };
  const answer: RouteRule = jwt.isPresent ? { respond: { status: 403 } } : { backends, ...actions };
  if (backends.length === 0) {
    item.lost({ callers: 'a rule without services answers nothing' });
    return [];
  }
  if (matches.length === 0) {
    readRewrite(rewrite, undefined);
    return [{ rule: answer, rank: [1, 0, 0] }];
  }
  return matches.flatMap((match): readonly Ranked[] => {
    const read = readMatch(match);
    if (read === undefined) {
      match.lost({ callers: 'the language can not say this condition: such requests go by the next rule' });
      return [];
    }
    const path = readRewrite(rewrite, read.match.path);
    const rewritten = path === undefined || jwt.isPresent ? {} : { rewrite: { path } };
    const isAny = Object.keys(read.match).length === 0;
    return [{ rule: { ...(!isAny && { match: [read.match] }), ...answer, ...rewritten }, rank: read.rank }];
  });
}

function readMatch(item: Field): { readonly match: RouteMatch; readonly rank: Ranked['rank'] } | undefined {
  const method = item.at('method').text() ?? '';
  const value = item.along('path', 'value').text() ?? '/';
  const path = pathOf(item.along('path', 'match').text() || 'prefix', value);
  const headers = readTexts(item.at('headers'), (name) => isMatchableHeader(name), true);
  const query = readTexts(item.at('query'), (name) => name !== '', false);
  if (path === undefined || headers === undefined || query === undefined) return undefined;
  if (method !== '' && !isToken(method)) return undefined;
  return {
    match: {
      ...(Object.keys(path).length > 0 && { path }),
      ...(method !== '' && method !== 'all' && { methods: [method.toUpperCase()] }),
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(Object.keys(query).length > 0 && { query }),
    },
    rank: [value.length, item.at('headers').items().length, item.at('query').items().length],
  };
}

/** Returns conditions by their names; undefined if the language can't say one of them. */
function readTexts(
  list: Field,
  isName: (name: string) => boolean,
  ignoresCase: boolean,
): Readonly<Record<string, HeaderMatch>> | undefined {
  const made: Record<string, HeaderMatch> = {};
  let isSaid = true;
  for (const one of list.items()) {
    const written = one.at('name').text() ?? '';
    const name = ignoresCase ? written.toLowerCase() : written;
    const match = textMatch(one);
    if (match === undefined || !isName(name) || Object.hasOwn(made, name)) isSaid = false;
    else made[name] = match;
  }
  return isSaid ? made : undefined;
}

/** Consul compares a prefix by characters. */
function pathOf(word: string, value: string): PathMatch | undefined {
  if (word === 'regex') return isPattern(value) ? { regex: value } : undefined;
  if (!isPath(value)) return undefined;
  if (word === 'exact') return { exact: value };
  if (word !== 'prefix') return undefined;
  return value === '/' ? {} : { startsWith: value };
}

type TextMatch =
  | Readonly<Partial<Record<'exact' | 'prefix' | 'suffix' | 'regex', string>>>
  | { readonly present: true };

function textMatch(item: Field): TextMatch | undefined {
  const word = item.at('match').text() || 'exact';
  const value = item.at('value').text() ?? '';
  if (!isHeaderValue(value)) return undefined;
  if (word === 'present') return { present: true };
  if (word === 'regex') return isPattern(value) ? { regex: value } : undefined;
  return word === 'exact' || word === 'prefix' || word === 'suffix' ? { [word]: value } : undefined;
}

function readBackends(
  list: Field,
  namespace: string,
  names: ServiceNames,
  protocol: 'http' | 'tcp' = 'http',
): readonly Backend[] {
  const items = list.items();
  return items.flatMap((item): readonly Backend[] => {
    const id = names.idOf(item.at('name').text() ?? '', namespace, item.at('name'), protocol);
    const weight = item.at('weight').number();
    for (const key of ['namespace', 'partition'])
      item.at(key).lost({ callers: 'the service of this name in the mesh gets the calls' });
    for (const key of ['filters', 'responseFilters']) {
      const field = item.at(key);
      if (field.isPresent && Object.values(field.value as object).some((one) => one !== null))
        field.lost({ callers: 'requests of this share are not changed' });
    }
    if (id === undefined) {
      item.lost({ callers: 'a backend without a DNS label as its name gets no calls' });
      return [];
    }
    return [
      { service: id, ...(items.length > 1 && { weight: weight === undefined || weight === 0 ? 1 : weight }) },
    ];
  });
}

/** Reads a list of changes of headers, of which the language has one. */
function readHeaderList(list: Field): HeaderChanges | undefined {
  const changes = list.items().flatMap((item) => readHeaderChanges(item) ?? []);
  if (changes.length === 0) return undefined;
  const [set, add] = (['set', 'add'] as const).map(
    (key) => Object.assign({}, ...changes.map((one) => one[key] ?? {})) as Readonly<Record<string, string>>,
  );
  const taken = { ...set, ...add };
  const remove = [...new Set(changes.flatMap((one) => one.remove ?? []))].filter(
    (name) => !Object.hasOwn(taken, name),
  );
  const added = Object.fromEntries(
    Object.entries(add ?? {}).filter(([name]) => !Object.hasOwn(set ?? {}, name)),
  );
  return {
    ...(Object.keys(set ?? {}).length > 0 && { set }),
    ...(Object.keys(added).length > 0 && { add: added }),
    ...(remove.length > 0 && { remove }),
  };
}
