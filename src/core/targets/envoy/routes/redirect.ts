import type { PathMatch } from '../../../ir/match.ts';
import type { PathChange, Redirect } from '../../../ir/route.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import { pathChange } from '../../../semantics/rewrite.ts';
import type { Json } from '../../artifact.ts';
import type { Fields } from '../typed-config.ts';
import { regexRewrite } from './rewrite.ts';
import type { RouteContext } from './route-context.ts';

/** One form of a redirect, and the condition on the request's `Host` under which it is correct. */
export interface RedirectVariant {
  readonly headers: readonly Fields[];
  readonly action: Json;
}

/** The names of the statuses with which Envoy redirects. */
const codes: Readonly<Record<number, string>> = {
  301: 'MOVED_PERMANENTLY',
  302: 'FOUND',
  303: 'SEE_OTHER',
  307: 'TEMPORARY_REDIRECT',
  308: 'PERMANENT_REDIRECT',
};

const defaultPorts = { http: 80, https: 443 } as const;

type Where = Pick<RouteContext, 'scheme' | 'port' | 'names'> & { readonly matched?: PathMatch | undefined };

/**
 * Returns a redirect in the forms that Envoy needs. Envoy replaces the whole `Host`, keeps a default port if the scheme
 * stays, and writes a port that is set. If the language page requires something else, variants for certain hosts
 * precede the general form.
 */
export function redirectVariants(asked: Redirect, where: Where): readonly RedirectVariant[] {
  const scheme = asked.scheme === 'https' || asked.scheme === 'http' ? asked.scheme : where.scheme;
  // Always set the scheme: otherwise Envoy uses the one that the request claims (`x-forwarded-proto`).
  const redirect = { ...asked, scheme };
  if (redirect.port !== undefined) {
    if (redirect.port !== defaultPorts[scheme])
      return [general(redirect, where, redirect.host, redirect.port)];
    if (redirect.host !== undefined) return [general(redirect, where, redirect.host)];
    const bare = {
      headers: [authority(`[^:]*(:${String(defaultPorts[where.scheme])})?`)],
      action: general(redirect, where).action,
    };
    return [
      ...byName(redirect, where, '(:[0-9]+)?'),
      ...(where.names.length === 0 && where.scheme !== scheme ? [bare] : []),
      general(redirect, where, undefined, redirect.port),
    ];
  }
  const oldDefault = where.port === defaultPorts[where.scheme];
  if (redirect.host !== undefined) {
    const kept = `${redirect.host}:${String(where.port)}`;
    const withPort = authority(`.*:${String(where.port)}`);
    const keeps = oldDefault ? [] : [{ headers: [withPort], action: general(redirect, where, kept).action }];
    return [...keeps, general(redirect, where, redirect.host)];
  }
  const drops =
    oldDefault && scheme === where.scheme ? byName(redirect, where, `:${String(where.port)}`) : [];
  return [...drops, general(redirect, where)];
}

function byName(redirect: Redirect, where: Where, port: string): readonly RedirectVariant[] {
  return where.names.map((name) => ({
    headers: [authority(`${quoteRegex(name)}${port}`)],
    action: general(redirect, where, name).action,
  }));
}

function authority(regex: string): Fields {
  return { name: ':authority', string_match: { safe_regex: { regex: `(?i)${regex}` } } };
}

function pathFields(path: PathChange | undefined, matched: PathMatch | undefined): Fields {
  if (path === undefined) return {};
  return path.type === 'replaceFull' ? { path_redirect: path.value } : regexRewrite(path, matched);
}

function general(redirect: Redirect, { matched }: Where, host?: string, port?: number): RedirectVariant {
  return {
    headers: [],
    action: {
      ...(redirect.scheme !== undefined && { scheme_redirect: redirect.scheme }),
      ...(host !== undefined && { host_redirect: host }),
      ...(port !== undefined && { port_redirect: port }),
      ...pathFields(pathChange(redirect), matched),
      response_code: codes[redirect.status],
      strip_query: false,
    },
  };
}
