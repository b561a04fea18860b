import { defined, unlessEmpty } from '../../../import/defined.ts';
import { durationText } from '../../../import/duration-text.ts';
import type { Field } from '../../../import/field.ts';
import type { Backend, Retries, RouteRule } from '../../../spec/types.gen.ts';
import { type RouteHome, readBackend } from './backends.ts';
import { readFilters } from './filters.ts';
import { type RankedMatch, readGrpcMatches, readHttpMatches } from './route-matches.ts';

/** A rule for one of its matches. */
export interface RankedRule {
  readonly rank: readonly number[];
  readonly match: RankedMatch['match'];
  /** The rule without its matches. */
  readonly rule: RouteRule;
}

/** Reads a rule of an HTTPRoute or a GRPCRoute, once for each of its matches. */
export function readRouteRule(field: Field, home: RouteHome): readonly RankedRule[] {
  field.at('name').withoutEffect('names of rules stand in statuses alone');
  const read = home.kind === 'GRPCRoute' ? readGrpcMatches : readHttpMatches;
  const matches = read(field.at('matches'));
  const filters = readFilters(field.at('filters'), home);
  const backends = readBackends(field.at('backendRefs'), home);
  const retries = readRetry(field.at('retry'));
  const timeouts = readTimeouts(field.at('timeouts'), retries);
  field.at('sessionPersistence').lost({ callers: 'requests of a session may reach different instances' });
  if (filters.redirect !== undefined) {
    const rule = {
      redirect: filters.redirect,
      ...defined({ cors: filters.cors, headers: responseOnly(filters) }),
    };
    return ranked(matches, rule);
  }
  const action: RouteRule =
    backends.length === 0
      ? { respond: { status: 500 }, ...defined({ cors: filters.cors, headers: responseOnly(filters) }) }
      : { ...filters, backends, ...timeouts, ...home.settings };
  return ranked(matches, action);
}

/** A replaced prefix needs a prefix in each match. */
function ranked(matches: readonly RankedMatch[], rule: RouteRule): readonly RankedRule[] {
  const path = rule.redirect?.path ?? rule.rewrite?.path;
  const needsPrefix = typeof path === 'object' && 'replacePrefix' in path;
  return matches.map(({ match, rank }) => ({
    rank,
    match: needsPrefix && match.path === undefined ? { ...match, path: { prefix: '/' } } : match,
    rule,
  }));
}

function responseOnly({ headers }: Pick<RouteRule, 'headers'>): RouteRule['headers'] {
  return headers?.response === undefined ? undefined : { response: headers.response };
}

/** Reads the backends of a rule; a weight that is left out is one. */
export function readBackends(list: Field, home: RouteHome): readonly Backend[] {
  const items = list.items();
  return items.flatMap((item) => {
    const weight = item.at('weight').number();
    const filters = item.at('filters');
    if (filters.isPresent && filters.items().length > 0)
      filters.lost({ callers: 'filters hold for a whole rule, not for one of its backends' });
    const backend = readBackend(item, home);
    if (backend === undefined) return [];
    return [{ ...backend, ...(weight === undefined || weight === 1 ? {} : { weight }) }];
  });
}

function readRetry(field: Field): Retries | undefined {
  if (!field.isPresent) return undefined;
  const attempts = field.at('attempts').number() ?? 1;
  const backoff = readDuration(field.at('backoff'));
  const codes = field
    .at('codes')
    .items()
    .flatMap((item) => item.number() ?? []);
  if (attempts === 0) return { attempts: 0 };
  return {
    attempts,
    on: ['connect-failure', 'refused-stream', ...codes],
    methods: 'all',
    ...defined({ backoff }),
  };
}

/** Without retries the limit of one try is that of the request. */
function readTimeouts(field: Field, retries: Retries | undefined): Pick<RouteRule, 'timeout' | 'retries'> {
  const request = readDuration(field.at('request'));
  const tryField = field.at('backendRequest');
  const perTry = readDuration(tryField);
  if (retries !== undefined && retries.attempts !== 0)
    return {
      retries: { ...retries, ...defined({ perTryTimeout: perTry }) },
      ...defined({ timeout: request }),
    };
  return defined({ timeout: request ?? perTry, retries });
}

function readDuration(field: Field): string | undefined {
  const text = field.text();
  const read = text === undefined ? undefined : durationText(text);
  if (text !== undefined && read === undefined) field.malformed('a duration');
  return read;
}

/** Joins rules of neighbouring ranks that do the same into one with several matches. */
export function joinRules(rules: readonly RankedRule[]): readonly RouteRule[] {
  const joined: { match: RankedMatch['match'][]; rule: RouteRule }[] = [];
  for (const { match, rule } of rules) {
    const last = joined.at(-1);
    if (last?.rule === rule) last.match.push(match);
    else joined.push({ match: [match], rule });
  }
  return joined.map(({ match, rule }) => ({
    ...(match.some((one) => unlessEmpty(one) === undefined) ? {} : { match }),
    ...rule,
  }));
}
