import type { Field } from '../../../import/field.ts';
import { type KnownService, serviceId } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import { ownedHeader } from '../../../ir/owned-header.ts';
import { compilePattern } from '../../../lib/compile-pattern.ts';
import type { Backend, HeaderMatch, Principal, RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import { readFilters } from './filters.ts';
import { isSystemNamespace, type KumaContext, selectCallee, selectCallers } from './places.ts';

/** The rules for calls to a port of a service while routes are read. */
interface Routed {
  readonly service: KnownService;
  readonly port?: string;
  readonly rules: RankedRule[];
  readonly from: Field[];
}

interface RankedRule {
  readonly rank: readonly number[];
  readonly rule: RouteRule;
}

/** Returns the Route of each service that routes of Kuma have; rules come in the order of how specific they are. */
export function readRoutes(
  documents: readonly NativeDocument[],
  context: KumaContext,
): readonly ReadDocument[] {
  const routed = new Map<string, Routed>();
  for (const document of documents) {
    const { root, kind } = document;
    const spec = root.at('spec');
    const namespace = context.namespaceOf(document);
    const callers = readCallers(spec.at('targetRef'), namespace, context);
    if (callers === undefined) {
      spec.lost({ callers: 'a route for a gateway, or for callers that are not found, is not carried' });
      continue;
    }
    for (const to of spec.at('to').items()) {
      to.at('hostnames').lost({ callers: 'the route holds for all hosts' });
      const callee = selectCallee(to.at('targetRef'), namespace, context);
      if (callee === 'all' || callee === undefined) {
        to.lost({ callers: 'a route to something else than a service of the mesh is not carried' });
        continue;
      }
      if (callee.version !== undefined) {
        to.lost({ callers: 'calls to a version by a name of its own do not exist' });
        continue;
      }
      for (const service of callee.services) {
        const from = callersAt(service, callers, namespace);
        const rules = to
          .at('rules')
          .items()
          .flatMap((rule) => readRule(rule, kind, from, namespace, context));
        const port = portOf(service, callee.port);
        const key = `${serviceId(service)} ${port ?? ''}`;
        const own = routed.get(key) ?? { service, ...(port !== undefined && { port }), rules: [], from: [] };
        routed.set(key, own);
        own.rules.push(...rules);
        own.from.push(root);
      }
    }
  }
  return [...routed.values()].map(({ service: { namespace, name }, port, rules, from }, index, all) => {
    const sorted = rules.toSorted((one, other) => compare(other.rank, one.rank)).map(({ rule }) => rule);
    const isTotal = sorted.some(({ match }) => match === undefined);
    const isFirst =
      all.findIndex(({ service }) => service.namespace === namespace && service.name === name) === index;
    return {
      kind: 'Route',
      namespace,
      name: isFirst || port === undefined ? name : `${name}-${port}`.slice(0, 63).replace(/-+$/, ''),
      // Kuma sends the rest to the service itself.
      spec: {
        service: name,
        ...(port !== undefined && { ports: [port] }),
        rules: isTotal ? sorted : [...sorted, { backends: [{}] }],
      },
      from,
      beside: serviceId({ namespace, name }),
    };
  });
}

/** Returns the callers of a route: an empty list for all; undefined if they can't be named. */
function readCallers(ref: Field, namespace: string, context: KumaContext): readonly Principal[] | undefined {
  if (!ref.isPresent) return [];
  const kind = ref.at('kind').text();
  if (kind === 'Mesh') return ref.at('proxyTypes').isPresent ? undefined : [];
  if (kind === 'MeshGateway') return undefined;
  return selectCallers(ref, namespace, context, 'route');
}

/** A policy of a namespace for services of another one holds for the callers of its own namespace. */
function callersAt(
  service: KnownService,
  callers: readonly Principal[],
  namespace: string,
): readonly Principal[] {
  const isConsumer = !isSystemNamespace(namespace) && service.namespace !== namespace;
  return callers.length === 0 && isConsumer ? [{ namespace }] : callers;
}

function portOf({ ports }: KnownService, asked: string | undefined): string | undefined {
  if (asked === undefined || ports.length < 2) return undefined;
  return ports.find(({ nativeName, name, port }) => [nativeName, name, String(port)].includes(asked))?.name;
}

function readRule(
  field: Field,
  kind: string,
  callers: readonly Principal[],
  namespace: string,
  context: KumaContext,
): readonly RankedRule[] {
  const matches = kind === 'MeshTCPRoute' ? [] : field.at('matches').items();
  const result = field.at('default');
  const backends = result
    .at('backendRefs')
    .items()
    .map((ref) => readBackend(ref, namespace, context));
  const known = backends.filter((one) => one !== undefined);
  const alternatives =
    matches.length === 0 ? [{ rank: [0], match: {} as RouteMatch }] : matches.flatMap(readMatch);
  return alternatives.map(({ rank, match }) => {
    const whole = { ...match, ...(callers.length > 0 && { from: callers }) };
    const actions = readFilters(result.at('filters'), match.path, (ref) =>
      readBackend(ref, namespace, context),
    );
    return {
      rank,
      rule: {
        ...(Object.keys(whole).length > 0 && { match: [whole] }),
        ...(actions.redirect === undefined && {
          // A share for a backend that isn't there gets an error in Kuma.
          backends: known.length > 0 ? known : backends.length > 0 ? [{ weight: 0 }] : [{}],
        }),
        ...actions,
      },
    };
  });
}

function readBackend(ref: Field, namespace: string, context: KumaContext): Backend | undefined {
  const weight = ref.at('weight').number();
  const number = ref.at('port').port();
  const selected = selectCallee(ref, namespace, context);
  if (selected === 'all' || selected === undefined || selected.services[0] === undefined) {
    ref.lost({ callers: 'a backend that is no service of the mesh gets no requests' });
    return undefined;
  }
  const [service] = selected.services;
  const port = service.ports.find(
    ({ port: own, nativeName, name }) => own === number || [nativeName, name].includes(selected.port ?? ''),
  );
  return {
    service: serviceId(service),
    ...(selected.version !== undefined && { version: selected.version }),
    ...(port !== undefined && service.ports.length > 1 && { port: port.name }),
    ...(weight !== undefined && weight !== 1 && { weight }),
  };
}

const pathRanks: Readonly<Record<string, number>> = { Exact: 3, PathPrefix: 2, RegularExpression: 1 };

/** Returns a match with its rank; none if the language can't say it. */
function readMatch(
  field: Field,
): readonly { readonly rank: readonly number[]; readonly match: RouteMatch }[] {
  const [type, value] = [field.along('path', 'type').text(), field.along('path', 'value').text()];
  const method = field.at('method').text();
  const headers = readConditions(field.at('headers'), true);
  const query = readConditions(field.at('queryParams'), false);
  const path = readPath(type, value);
  if (headers === undefined || query === undefined || path === undefined) {
    field.lost({ callers: 'such requests go by another rule' });
    return [];
  }
  const [headerCount, queryCount] = [Object.keys(headers).length, Object.keys(query).length];
  return [
    {
      rank: [
        pathRanks[type ?? ''] ?? 2,
        (value ?? '/').length,
        method === undefined ? 0 : 1,
        headerCount,
        queryCount,
      ],
      match: {
        ...path,
        ...(method !== undefined && { methods: [method] }),
        ...(headerCount > 0 && { headers }),
        ...(queryCount > 0 && { query }),
      },
    },
  ];
}

function readPath(type: string | undefined, value: string | undefined): Pick<RouteMatch, 'path'> | undefined {
  if (value === undefined) return {};
  if (type === 'RegularExpression') return isPattern(value) ? { path: { regex: value } } : undefined;
  if (!/^\/[^?#\s]*$/.test(value) || /\p{Cc}/u.test(value)) return undefined;
  if (type === 'Exact') return { path: { exact: value } };
  return value === '/' ? {} : { path: { prefix: value } };
}

function readConditions(list: Field, isHeader: boolean): Readonly<Record<string, HeaderMatch>> | undefined {
  const all: Record<string, HeaderMatch> = {};
  for (const item of list.items()) {
    const written = item.at('name').text() ?? '';
    const name = isHeader ? written.toLowerCase() : written;
    const match = readCondition(item.at('type').text() ?? 'Exact', item.at('value').text() ?? '');
    const isOwned = isHeader && (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) || ownedHeader(name) !== undefined);
    if (match === undefined || name === '' || isOwned || /\p{Cc}/u.test(name) || Object.hasOwn(all, name))
      return undefined;
    all[name] = match;
  }
  return all;
}

function readCondition(type: string, value: string): HeaderMatch | undefined {
  if (/\p{Cc}/u.test(value)) return undefined;
  switch (type) {
    case 'Exact':
      return { exact: value };
    case 'Prefix':
      return { prefix: value };
    case 'Present':
      return { present: true };
    case 'Absent':
      return { present: false };
    default:
      return type === 'RegularExpression' && isPattern(value) ? { regex: value } : undefined;
  }
}

function isPattern(text: string): boolean {
  try {
    compilePattern(text);
    return !/\p{Cc}/u.test(text);
  } catch {
    return false;
  }
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [index, value] of one.entries()) {
    const difference = value - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
