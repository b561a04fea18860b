import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { Redirect, RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import type { ReadRule } from './read-rules.ts';

const defaultPorts = { http: 80, https: 443 } as const;

/**
 * Leaves out the rules of a run whose matches ask for a host, where the redirect of the language says the same: it keeps the
 * port that the Host names, and shows no default port. Other conditions on hosts are lost with their rules.
 */
export function withoutHostParts(run: readonly ReadRule[]): readonly ReadRule[] {
  const kept = run.filter(({ authority }) => authority === undefined);
  const used = new Set<ReadRule>();
  const rules = kept.map((general): ReadRule => {
    const parts = run.filter((one) => one.authority !== undefined && isSameBut(one.rule, general.rule));
    const keeping = parts.filter((one) => keepsPort(one, general));
    for (const one of [...keeping, ...parts.filter((part) => showsNoPort(part, general))]) used.add(one);
    return keeping.length > 0 ? general : withDefaultPort(general);
  });
  for (const one of run) if (one.authority !== undefined && !used.has(one)) lose(one);
  return rules;
}

function lose({ authority, rule: { redirect, respond, fault } }: ReadRule): void {
  const refuses = redirect !== undefined || respond !== undefined || fault?.abort !== undefined;
  for (const field of authority?.fields ?? [])
    field.lost({
      callers: 'a rule of a Route has no condition on the host: requests of this match take the next rule',
      ...(refuses && { access: 'wider' }),
    });
}

/** Returns true for rules that differ in the host and the port of their redirects alone. */
function isSameBut(one: RouteRule, other: RouteRule): boolean {
  const rest = ({ redirect, ...others }: RouteRule): Json => {
    const { host: _host, port: _port, ...there } = redirect ?? {};
    return { ...others, redirect: there } as unknown as Json;
  };
  return one.redirect !== undefined && other.redirect !== undefined && isSameJson(rest(one), rest(other));
}

/** A redirect to another host without a port keeps the port of the Host, unless it is the default one. */
function keepsPort({ authority, rule, port: own }: ReadRule, general: ReadRule): boolean {
  const [{ host, port } = {}, { redirect: asked = {} }] = [rule.redirect, general.rule];
  return (
    port !== undefined &&
    (own === undefined || own === port) &&
    host !== undefined &&
    host === asked.host &&
    asked.port === undefined &&
    authority?.regex === `(?i).*:${String(port)}`
  );
}

/** A redirect to the host of the request shows neither a default port nor the old one. */
function showsNoPort({ authority, rule, port: own }: ReadRule, general: ReadRule): boolean {
  const { host, port } = rule.redirect ?? {};
  const { host: other, port: asked, scheme } = general.rule.redirect ?? {};
  if (host === undefined || port !== undefined || other !== undefined) return false;
  const name = `(?i)${quoteRegex(host)}`;
  if (asked !== undefined) return asked === defaultOf(scheme) && authority?.regex === `${name}(:[0-9]+)?`;
  return own !== undefined && authority?.regex === `${name}:${String(own)}`;
}

/** A native redirect to another host without a port shows none, whatever the Host of the request names. */
function withDefaultPort(one: ReadRule): ReadRule {
  const { redirect } = one.rule;
  const isAtDefault = one.port === undefined || one.port === 80 || one.port === 443;
  const port = defaultOf(redirect?.scheme);
  if (redirect?.host === undefined || redirect.port !== undefined || isAtDefault || port === undefined)
    return one;
  return { ...one, rule: { ...one.rule, redirect: { ...redirect, port } } };
}

function defaultOf(scheme: Redirect['scheme']): number | undefined {
  return scheme === undefined ? undefined : defaultPorts[scheme];
}

/**
 * Joins the redirect of a path itself and that of all paths below it to one of a prefix by path elements, and leaves out the
 * characters `/a/` beside `/a` where the replacement ends with a slash: slashes that meet become one.
 */
export function withPathParts(run: readonly ReadRule[]): readonly ReadRule[] {
  const joined: ReadRule[] = [];
  for (const one of run) {
    const both = joinedPaths(joined.at(-1)?.rule, one.rule);
    if (both === undefined) joined.push(withoutSlashes(one));
    else joined.splice(-1, 1, { ...one, rule: both });
  }
  return joined;
}

function joinedPaths(one: RouteRule | undefined, other: RouteRule): RouteRule | undefined {
  const whole = one?.redirect?.path;
  const below = other.redirect?.path;
  if (typeof whole !== 'string' || typeof below !== 'object' || one === undefined) return undefined;
  if (below.replacePrefix !== (whole === '/' ? '/' : `${whole}/`)) return undefined;
  const elements = one.match?.map(({ path, ...rest }) => ({
    ...rest,
    path: { startsWith: `${path?.exact ?? '?'}/` },
  }));
  if (
    elements === undefined ||
    !isSameJson(elements as unknown as Json, (other.match ?? []) as unknown as Json)
  )
    return undefined;
  const without = (rule: RouteRule): Json => {
    const { match: _match, redirect, ...rest } = rule;
    return { ...rest, redirect: { ...redirect, path: undefined } } as unknown as Json;
  };
  if (!isSameJson(without(one), without(other))) return undefined;
  const match = (one.match ?? []).map(
    ({ path, ...rest }): RouteMatch => ({ ...rest, path: { prefix: path?.exact ?? '' } }),
  );
  return { ...one, match, redirect: { ...one.redirect, path: { replacePrefix: whole } } };
}

function withoutSlashes(one: ReadRule): ReadRule {
  const { match, redirect } = one.rule;
  const path = typeof redirect?.path === 'object' ? redirect.path.replacePrefix : undefined;
  if (match === undefined || path?.endsWith('/') !== true) return one;
  const texts = new Set(match.map(({ path: asked, ...rest }) => JSON.stringify([rest, asked?.startsWith])));
  const kept = match.filter(({ path: asked, ...rest }) => {
    const text = asked?.startsWith;
    return text?.endsWith('/') !== true || !texts.has(JSON.stringify([rest, text.slice(0, -1)]));
  });
  return { ...one, rule: { ...one.rule, match: kept } };
}
