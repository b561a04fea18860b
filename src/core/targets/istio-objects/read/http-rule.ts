import { defined } from '../../../import/defined.ts';
import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { isChangeableHeader, isPath } from '../../../import/written-values.ts';
import type { Backend, Mirror, Redirect, Respond, RouteRule } from '../../../spec/types.gen.ts';
import { readDestination } from './destination.ts';
import { type FailedShare, withoutInstances } from './failed-share.ts';
import { type ReadMatch, readHttpMatch } from './http-match.ts';
import { readCors, readDuration, readFault, readHeaders, readPercent, readRetries } from './http-settings.ts';
import { withJoinedPaths } from './joined-matches.ts';
import { type ReadRule, withMatches } from './read-rules.ts';
import { withRewrites } from './rewrites.ts';
import type { Surroundings } from './surroundings.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads one HTTPRoute of a VirtualService. Returns no rule if nothing of the rule can be said. */
export function readHttpRule(
  field: Field,
  namespace: string,
  surroundings: Surroundings,
): readonly ReadRule[] {
  const rule: Mutable<RouteRule> = {};
  const name = field.at('name').text();
  const label = name === undefined ? undefined : ruleName(name);
  if (label !== undefined) rule.name = label;
  const rateLimit = surroundings.limits.get(field);
  if (rateLimit !== undefined) rule.rateLimit = rateLimit;
  const refuses = [field.at('redirect'), field.at('directResponse'), field.along('fault', 'abort')].some(
    ({ isPresent }) => isPresent,
  );
  const matches = readMatches(field.at('match'), surroundings, refuses);
  field.at('websocketUpgrade').withoutEffect('an upgrade to a WebSocket passes on every rule');
  const delegate = field.at('delegate');
  if (delegate.isPresent) {
    field.lost({ callers: 'the rules of the delegate do not hold: write them into the Route of the host' });
    return [];
  }
  const redirect = readRedirect(field.at('redirect'));
  const respond = readRespond(field.at('directResponse'));
  const host = readAction(field, namespace, surroundings, rule);
  if (redirect !== undefined || respond !== undefined) {
    const response = rule.headers?.response;
    const { name: own, cors } = rule;
    const only = {
      ...(own === undefined ? {} : { name: own }),
      ...(cors === undefined ? {} : { cors }),
      ...(response === undefined ? {} : { headers: { response } }),
    };
    const action = redirect === undefined ? { respond } : { redirect };
    return withMatches(matches, () => ({ ...only, ...action }) as RouteRule);
  }
  if (rule.backends === undefined || rule.backends.length === 0) {
    field.differently({ callers: 'the rule leads to no known destination, so it answers 503 itself' });
    const { name: own, cors } = rule;
    const answer = { ...defined({ name: own, cors }), respond: { status: 503 } };
    return withMatches(matches, () => answer);
  }
  return withRewrites(field.at('rewrite'), matches, rule, host);
}

/** Undefined: the rule has no match, and takes every request. */
function readMatches(
  field: Field,
  surroundings: Surroundings,
  refuses: boolean,
): readonly ReadMatch[] | undefined {
  if (!field.isPresent) return undefined;
  const items = field.items();
  if (items.length === 0) return undefined;
  const read = items.flatMap((item): readonly ReadMatch[] => {
    if (item.entries().length === 0) return [{ match: {}, path: undefined }];
    const match = readHttpMatch(item, surroundings, refuses);
    return match === undefined ? [] : [match];
  });
  return withJoinedPaths(read);
}

/** Reads everything that a forwarding rule does; returns the host that it gives requests. */
function readAction(
  field: Field,
  namespace: string,
  surroundings: Surroundings,
  rule: Mutable<RouteRule>,
): string | undefined {
  let host: string | undefined;
  const headers = [readHeaders(field.at('headers'), isChangeableHeader, (value) => (host = value))];
  const items = field.at('route').items();
  const failed: FailedShare[] = [];
  const backends = items.flatMap((item): readonly Backend[] => {
    const backend = readDestination(item.at('destination'), namespace, 'http', surroundings);
    const weight = item.at('weight').number();
    const own = item.at('headers');
    if (own.isPresent && items.length === 1)
      headers.push(readHeaders(own, isChangeableHeader, (value) => (host = value)));
    else if (own.isPresent)
      own.lost({ callers: 'headers are changed for a whole rule, not for one of several backends' });
    if (backend === undefined) {
      failed.push({ item, weight: items.length === 1 ? 1 : (weight ?? 0) });
      return [];
    }
    // Of several destinations one without a weight gets nothing; a single one gets everything.
    return [items.length === 1 ? backend : { ...backend, weight: weight ?? 0 }];
  });
  const nowhere = failed.flatMap((share) => withoutInstances(share, backends, surroundings));
  if (backends.length > 0) rule.backends = [...backends, ...nowhere];
  const merged = headers.reduce((one, other) => mergeHeaders(one, other), undefined);
  if (merged !== undefined) rule.headers = merged;
  const timeout = readDuration(field.at('timeout'));
  if (timeout !== undefined) rule.timeout = timeout;
  const retries = readRetries(field.at('retries'));
  if (retries !== undefined) rule.retries = retries;
  const fault = readFault(field.at('fault'));
  if (fault !== undefined) rule.fault = fault;
  const mirror = readMirrors(field, namespace, surroundings);
  if (mirror.length > 0) rule.mirror = mirror;
  const cors = readCors(field.at('corsPolicy'));
  if (cors !== undefined) rule.cors = cors;
  return host;
}

function mergeHeaders(one: RouteRule['headers'], other: RouteRule['headers']): RouteRule['headers'] {
  if (one === undefined || other === undefined) return one ?? other;
  const part = (side: 'request' | 'response'): object =>
    one[side] === undefined && other[side] === undefined
      ? {}
      : {
          [side]: {
            ...one[side],
            ...other[side],
            ...(one[side]?.set || other[side]?.set
              ? { set: { ...one[side]?.set, ...other[side]?.set } }
              : {}),
          },
        };
  return { ...part('request'), ...part('response') };
}

/** A mirror without a percentage takes every request. */
function readMirrors(field: Field, namespace: string, surroundings: Surroundings): readonly Mirror[] {
  const old = field.at('mirror');
  const oldPercent = readPercent(
    field.at('mirrorPercentage'),
    field.at('mirrorPercent').isPresent ? field.at('mirrorPercent') : field.at('mirror_percent'),
  );
  const one = (destination: Field, percent: number | undefined): readonly Mirror[] => {
    if (!destination.isPresent) return [];
    const backend = readDestination(destination, namespace, 'http', surroundings);
    if (backend === undefined) destination.lost({ callers: 'no service has this host: nothing is mirrored' });
    return backend === undefined ? [] : [{ ...backend, ...(percent === undefined ? {} : { percent }) }];
  };
  return [
    ...one(old, oldPercent),
    ...field
      .at('mirrors')
      .items()
      .flatMap((item) => one(item.at('destination'), readPercent(item.at('percentage')))),
  ];
}

function readRedirect(field: Field): Redirect | undefined {
  if (!field.isPresent) return undefined;
  const uri = field.at('uri').text();
  const prefix = field.at('prefixRewrite').text();
  const host = field.at('authority').text();
  const scheme = field.at('scheme').text();
  const port = field.at('port').port();
  const code = field.at('redirectCode').number() ?? 301;
  const derived = field.at('derivePort');
  if (derived.text() === 'FROM_REQUEST_PORT')
    derived.differently({
      callers: 'the port of the request is in the Location only if it is not the usual one',
    });
  const full = uri !== undefined && isPath(uri) && !uri.includes('%PREFIX') ? uri : undefined;
  if (uri !== undefined && full === undefined)
    field.at('uri').lost({ callers: 'the Location has the path of the request' });
  const replaced = prefix !== undefined && isPath(prefix) ? { replacePrefix: prefix } : undefined;
  return {
    ...defined({
      host: host?.split(':')[0],
      scheme: (['http', 'https'] as const).find((one) => one === scheme),
      port: port ?? portOf(host),
      path: full ?? replaced,
    }),
    status: ([301, 302, 303, 307, 308] as const).find((one) => one === code) ?? 301,
  };
}

function portOf(host: string | undefined): number | undefined {
  const port = Number(/:(\d{1,5})$/.exec(host ?? '')?.[1]);
  return port >= 1 && port <= 65_535 ? port : undefined;
}

function readRespond(field: Field): Respond | undefined {
  if (!field.isPresent) return undefined;
  const status = field.at('status').number();
  const body = field.along('body', 'string').text();
  const bytes = field.along('body', 'bytes');
  if (bytes.isPresent) bytes.lost({ callers: 'the answer has no body' });
  return status === undefined ? undefined : { status, ...(body === undefined ? {} : { body }) };
}

/** Returns a name for a rule: that behind a slash (`ROUTE/RULE`), and none for a rule that is named by its place (`ROUTE/2`). */
function ruleName(name: string): string | undefined {
  const [, own = name] = /^[^/]+\/([^/]+)$/.exec(name) ?? [];
  return own !== name && /^\d+$/.test(own) ? undefined : dnsLabel(own);
}
