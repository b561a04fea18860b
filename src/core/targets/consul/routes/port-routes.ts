import type { Feature } from '../../../ir/feature.ts';
import type { RouteMatch } from '../../../ir/match.ts';
import type { Forward, HeaderChanges, Rule } from '../../../ir/route.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { retrySplit } from '../../retry-split.ts';
import type { Limit } from '../../target.ts';
import type { Lowering, NamedPort } from '../context.ts';
import type { ServiceRouterSpec } from '../crds/consul.gen.ts';
import { emptySubset } from '../empty-subset.ts';
import { isJudgedWrongly, keepsPath } from './lost-changes.ts';
import { type HttpMatch, methodConditions, otherConditions } from './match.ts';
import { pathChanges } from './path-changes.ts';
import { retryFields } from './retries.ts';
import { type Share, sharesOf, splitName } from './shares.ts';

type Route = NonNullable<ServiceRouterSpec['routes']>[number];
type Destination = NonNullable<Route['destination']>;

/** The routes of a port in the order of its rules, the divisions that they use, and what Consul can't express. */
export interface PortRoutes {
  readonly routes: readonly Route[];
  readonly splits: readonly (readonly Share[])[];
  readonly limits: readonly Limit[];
}

const everyRequest: RouteMatch['headers'] = [];

/** Returns the routes of an HTTP port. Requests that no rule takes go to a subset without instances. */
export function portRoutes(own: NamedPort, lowering: Lowering): PortRoutes {
  const splits = new Map<string, readonly Share[]>();
  const limits: Limit[] = [];
  const nobody = { service: own.name, serviceSubset: emptySubset(own.service) };
  const routes = own.port.route.rules.flatMap((rule) =>
    ruleRoutes(rule, own, lowering, { splits, limits, nobody }),
  );
  const isTotal = routes.some(({ match }) => match === undefined);
  return {
    routes: isTotal ? routes : [...routes, { destination: nobody }],
    splits: [...splits.values()],
    limits,
  };
}

interface Made {
  readonly splits: Map<string, readonly Share[]>;
  readonly limits: Limit[];
  readonly nobody: Destination;
}

function ruleRoutes(rule: Rule, own: NamedPort, lowering: Lowering, made: Made): readonly Route[] {
  const { action, matches, origin } = rule;
  const anything: RouteMatch = { origin, headers: everyRequest, query: [] };
  const taken = (matches.length === 0 ? [anything] : matches).filter(
    ({ port }) => port === undefined || port === own.port.number,
  );
  if (action.type !== 'forward')
    return taken.flatMap((match) =>
      conditionsOf(
        match,
        pathChanges(undefined, match.path).map(({ path }) => path),
        match.methods,
      ).map((http) => routeOf(http, made.nobody)),
    );
  const where = destinationOf(action, rule, own, lowering, made);
  return taken.flatMap((match) => {
    noteLimits(rule, action, match, made.limits);
    const changes = pathChanges(action.rewrite?.path, match.path);
    const misjudged = isJudgedWrongly(action, match, lowering.ir);
    return retrySplit(match.methods, action.retries).flatMap(({ methods, retries }) =>
      changes.flatMap(({ path, prefixRewrite, refused }) =>
        conditionsOf(match, [path], methods).map((http) =>
          routeOf(
            http,
            refused === true || misjudged
              ? made.nobody
              : {
                  ...where,
                  ...(prefixRewrite !== undefined && { prefixRewrite }),
                  ...(retries && retryFields(retries)),
                },
          ),
        ),
      ),
    );
  });
}

function noteLimits({ origin }: Rule, action: Forward, match: RouteMatch, limits: Limit[]): void {
  const { rewrite } = action;
  if (rewrite !== undefined && keepsPath(action, match))
    limits.push({
      feature: 'route.rewrite-path',
      reason:
        'Consul exchanges the prefix or the whole of a path that a route names, and this rule names no exact path',
      callers: 'the path stays as requested, or the request gets 503 where Access behind it asks about paths',
      origin: rewrite.origin,
    });
  if (match.query.some(({ match: asked }) => asked.type === 'present' && !asked.value))
    limits.push({
      feature: 'route.query',
      reason: 'a route of Consul can not ask that a parameter is absent',
      callers: 'such requests go by the next rule that takes them, or get 503',
      origin: match.origin === origin ? origin : match.origin,
    });
}

function destinationOf(
  action: Forward,
  rule: Rule,
  own: NamedPort,
  lowering: Lowering,
  { splits, limits }: Made,
): Destination {
  const { shares, rounded, unreachable } = sharesOf(action, own, lowering);
  const feature = featureOf(action);
  if (rounded)
    limits.push({
      feature,
      reason: 'Consul divides requests in steps of 0.01 %',
      callers: 'the shares differ by less than 0.01 %, and a share above zero is at least that',
      origin: rule.origin,
    });
  if (unreachable)
    limits.push({
      feature,
      reason: 'Consul sends only to ports of services that have the protocol of the port that was called',
      callers: 'requests for that backend get 503',
      origin: rule.origin,
    });
  const [only] = shares;
  const isOne = shares.length === 1 && only !== undefined && only.session === undefined;
  if (!isOne) splits.set(canonicalJson(shares.map((share) => ({ ...share }))), shares);
  const to = isOne
    ? {
        service: only.service,
        ...(only.serviceSubset !== undefined && { serviceSubset: only.serviceSubset }),
      }
    : { service: splitName(own, shares) };
  return {
    ...to,
    // A negative time is Consul's word for none. Without one Envoy ends a request after 15 seconds.
    requestTimeout: action.timeout === 0 ? '-1s' : `${String(action.timeout / 1000)}s`,
    idleTimeout: '-1s',
    ...headersOf('requestHeaders', action.requestHeaders),
    ...headersOf('responseHeaders', rule.responseHeaders),
  };
}

/** Returns the feature of a rule that says where requests go; a rule for one place uses no other one. */
function featureOf({ backends, retries }: Forward): Feature {
  if (backends.length > 1) return 'route.split';
  return retries === undefined ? 'settings.no-retries' : 'settings.retries';
}

function headersOf(
  field: 'requestHeaders' | 'responseHeaders',
  { set, add, remove }: HeaderChanges,
): Pick<Destination, 'requestHeaders' | 'responseHeaders'> {
  if (set.length + add.length + remove.length === 0) return {};
  const values = (headers: HeaderChanges['set']): Readonly<Record<string, string>> =>
    Object.fromEntries(headers.map(({ name, value }) => [name, value.replaceAll('%', '%%')]));
  return {
    [field]: {
      ...(set.length > 0 && { set: values(set) }),
      ...(add.length > 0 && { add: values(add) }),
      ...(remove.length > 0 && { remove }),
    },
  };
}

type PathFields = Pick<HttpMatch, 'pathExact' | 'pathPrefix' | 'pathRegex'>;

function conditionsOf(
  match: RouteMatch,
  paths: readonly PathFields[],
  methods: readonly string[] | undefined,
): readonly HttpMatch[] {
  const { methods: named, header: method } = methodConditions(methods);
  return paths.flatMap((path) =>
    otherConditions(match).map(({ header = [], queryParam }) => {
      const all = [...header, ...(method === undefined ? [] : [method])];
      return {
        ...path,
        ...(all.length > 0 && { header: all }),
        ...(queryParam && { queryParam }),
        ...(named && { methods: named }),
      };
    }),
  );
}

function routeOf(http: HttpMatch, destination: Destination): Route {
  return Object.keys(http).length === 0 ? { destination } : { match: { http }, destination };
}
