import type { Field } from '../../../../import/field.ts';
import type { Affinity, PathRewrite, Principal, RouteRule } from '../../../../spec/types.gen.ts';
import { changesOf, type FindBackend, type ReadAction, readAction } from './actions.ts';
import { type ReadExtras, type ReadLimit, readExtras } from './extras.ts';
import { hole, maybe } from './forms.ts';
import { joinMatches } from './joined-matches.ts';
import { readCors } from './preflights.ts';
import type { Reading } from './reading.ts';
import { redirectOf } from './redirects.ts';
import { type ReadMatch, readMatch } from './routes.ts';
import { splitRetries } from './split-retries.ts';
import { withPath } from './substitutions.ts';

/** One native route. */
export interface ReadRoute {
  readonly name: string;
  readonly match: ReadMatch;
  readonly action: ReadAction;
  readonly extras: ReadExtras;
  readonly field: Field;
}

/** The place of a list of routes. */
export interface RulesPlace {
  /** The names of the requested host, if they are known. */
  readonly names: readonly string[];
  readonly scheme: 'http' | 'https';
  readonly port: number;
  /** True for the routes of a service, which has one Route. */
  readonly isService: boolean;
  readonly limits: readonly ReadLimit[];
  /** Returns the callers of a condition on identities. */
  readonly callers: (field: Field) => readonly Principal[];
}

/** Rules of one Route, with the name of the Route. */
export interface ReadRules {
  readonly route: string | undefined;
  readonly rules: readonly RouteRule[];
  /** The services of each route that forwards, with the keys that keep callers on one instance. */
  readonly affinities: readonly {
    readonly services: readonly string[];
    readonly keys: readonly Affinity[];
  }[];
}

/** Reads native routes, each for itself. */
export function readRoutes(
  reading: Reading,
  list: readonly Field[],
  find: FindBackend,
): readonly ReadRoute[] {
  return list.flatMap((field): readonly ReadRoute[] => {
    const { name, match } = reading.take(field, {
      name: hole('name'),
      match: hole('match'),
      route: maybe('route'),
      redirect: maybe('redirect'),
      direct_response: maybe('response'),
      request_headers_to_add: maybe('added'),
      request_headers_to_remove: maybe('removed'),
      typed_per_filter_config: maybe('config'),
      metadata: maybe('metadata'),
    });
    const action = readAction(reading, field, find);
    if (action === undefined) return [];
    if (action.type !== 'forward')
      for (const key of ['request_headers_to_add', 'request_headers_to_remove'])
        if (field.at(key).isPresent) reading.report(field.at(key), 'no such field');
    return [
      {
        name: name.text() ?? '',
        match: readMatch(reading, match),
        action,
        extras: readExtras(reading, field),
        field,
      },
    ];
  });
}

/** Returns native routes as the rules of a Route: those of one name in a row are one rule. */
export function rulesOf(reading: Reading, routes: readonly ReadRoute[], place: RulesPlace): ReadRules {
  const preflights = routes.filter(({ name }) => name.endsWith('/preflight'));
  const groups: ReadRoute[][] = [];
  for (const route of routes) {
    if (preflights.includes(route)) {
      if (groups.length > 0) reading.report(route.field, 'preflights before all other routes');
      continue;
    }
    const last = groups.at(-1);
    if (last?.[0]?.name === route.name) last.push(route);
    else groups.push([route]);
  }
  const names = new Set<string>();
  const read = groups.map((group) => {
    const [first] = group;
    const [route = '', ...rest] = (first?.name ?? '').split('/');
    names.add(route);
    return { name: rest.join('/'), full: first?.name ?? '', rule: ruleOf(reading, group, place) };
  });
  const rules = read.map(({ name, rule }, index): RouteRule => {
    return { ...(name !== String(index + 1) && name !== '' && { name }), ...rule };
  });
  if (names.size > 1 && place.isService)
    for (const { field } of routes.slice(1)) reading.report(field.at('name'), 'rules of one Route');
  const withCors = readCors(
    reading,
    preflights,
    rules,
    read.map(({ full }) => full),
  );
  return {
    route: [...names][0],
    rules: withCors,
    affinities: routes.flatMap(({ action }) =>
      action.type === 'forward' ? [{ services: servicesOf(action.rule), keys: action.affinities }] : [],
    ),
  };
}

function servicesOf({ backends = [] }: RouteRule): readonly string[] {
  return [...new Set(backends.flatMap(({ service }) => service ?? []))];
}

/** Returns the routes of one rule as the rule. */
function ruleOf(reading: Reading, group: readonly ReadRoute[], place: RulesPlace): RouteRule {
  const { parts, refused } = partsOf(group);
  const [first] = parts;
  if (first === undefined) return {};
  const told = parts.some(({ extras }) => extras.told.length > 0);
  const own = told ? readOrigins(reading, parts) : parts;
  const { action } = own[0] ?? first;
  const asked =
    action.type === 'redirect' ? redirectOf(reading, own, place) : { rule: actionOf(action), routes: own };
  const alike = actionKey(asked.routes[0] ?? first);
  for (const one of asked.routes)
    if (actionKey(one) !== alike) reading.report(one.field, 'one action for all routes of a rule');
  const split = splitRetries(reading, asked.routes);
  const matches = joinMatches(reading, split.routes, place.callers);
  const { match, path } = withPath(reading, matches, own, refused);
  const withoutConditions = match.length === 1 && Object.keys(match[0] ?? {}).length === 0;
  return {
    ...(!withoutConditions && { match }),
    ...asked.rule,
    ...(asked.rule.redirect && path && { redirect: { ...asked.rule.redirect, path: redirectPath(path) } }),
    ...(action.type === 'forward' && {
      retries: split.retries ?? { attempts: 0 },
      ...rewriteOf(action, path),
    }),
    ...extrasOf(reading, first, action, place),
  };
}

function rewriteOf(
  { host }: Extract<ReadAction, { type: 'forward' }>,
  path: PathRewrite | undefined,
): Pick<RouteRule, 'rewrite'> {
  if (path === undefined && host === undefined) return {};
  return { rewrite: { ...(path && { path }), ...(host !== undefined && { host }) } };
}

/** Returns what filters do for a rule: changes of headers, faults, and its limit. */
function extrasOf(
  reading: Reading,
  { extras, field }: ReadRoute,
  action: ReadAction,
  { limits }: RulesPlace,
): RouteRule {
  const limit = limits.find(({ of, id }) => of === 'rule' && id === extras.limits.rule);
  if (extras.limits.rule !== undefined && limit === undefined)
    reading.report(field, 'a limit of its own for the rule');
  if (extras.off.length > 0) reading.report(field, 'the filters that all requests pass');
  if (extras.dialled !== undefined || extras.limits.external !== undefined)
    reading.report(field, 'a destination in the mesh');
  const response = changesOf(extras.response);
  const request = action.type === 'forward' ? changesOf(action.request) : undefined;
  return {
    ...(extras.fault && { fault: extras.fault }),
    ...((request ?? response) && {
      headers: { ...(request && { request }), ...(response && { response }) },
    }),
    ...(limit && { rateLimit: limit.limit }),
  };
}

function redirectPath(path: { readonly replacePrefix?: string; readonly replaceFull?: string }) {
  return path.replaceFull ?? { replacePrefix: path.replacePrefix ?? '/' };
}

/** Divides the routes of a rule into those for paths whose change is refused, and the others. */
function partsOf(group: readonly ReadRoute[]): {
  readonly parts: readonly ReadRoute[];
  readonly refused: readonly ReadRoute[];
} {
  const parts = group.filter((one) => !isRefusal(one));
  return parts.length === 0 ? { parts: group, refused: [] } : { parts, refused: group.filter(isRefusal) };
}

/** A part for paths whose change is refused. */
function isRefusal({ action }: ReadRoute): boolean {
  return action.type === 'respond' && action.status === 400 && action.body === undefined;
}

function actionOf(action: ReadAction): RouteRule {
  if (action.type === 'forward') return action.rule;
  if (action.type === 'redirect') return {};
  return {
    respond: { status: action.status, ...(action.body !== undefined && { body: action.body }) },
  };
}

/** A text of all that a rule has once, so that two routes of one rule have the same. */
function actionKey({ action, extras }: ReadRoute): string {
  const { told: _, ...rest } = extras;
  if (action.type !== 'forward') return JSON.stringify([action.type, rest]);
  const { retries: _retries, substitution, ...others } = action;
  return JSON.stringify([others, rest, substitution === undefined]);
}

/**
 * Returns the routes of a rule for all origins: before each there is one for the allowed origins, which differs in the headers that
 * say so.
 */
function readOrigins(reading: Reading, parts: readonly ReadRoute[]): readonly ReadRoute[] {
  const own: ReadRoute[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const [allowed, other] = [parts[index], parts[index + 1]];
    if (allowed === undefined || other === undefined) {
      if (allowed !== undefined) reading.report(allowed.field, 'a route for other origins behind it');
      continue;
    }
    const { headers } = allowed.match;
    const origin = headers.at(-1);
    const isPair =
      origin?.name === 'origin' &&
      !origin.isInverted &&
      JSON.stringify({ ...allowed.match, headers: headers.slice(0, -1), callers: [] }) ===
        JSON.stringify({ ...other.match, callers: [] }) &&
      actionKey(allowed) === actionKey(other) &&
      other.extras.told.length === 0;
    if (!isPair) reading.report(allowed.field, 'a route for allowed origins, and then one for the others');
    own.push(other);
  }
  return own;
}
