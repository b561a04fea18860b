import type { Redirect } from '../../../../ir/route.ts';
import { quoteRegex } from '../../../../lib/quote-regex.ts';
import type { HttpRedirect, StringMatch } from '../../crds/parts.ts';
import type { HttpContext } from './http-context.ts';

/** One form of a redirect, without its path, and the request hosts for which it is correct; if absent, all hosts. */
export interface RedirectVariant {
  readonly authority?: StringMatch;
  readonly redirect: HttpRedirect;
}

const defaultPorts = { http: 80, https: 443 } as const;

type Where = Pick<HttpContext, 'scheme' | 'port' | 'names'>;

/**
 * Returns a redirect in the forms that Istio needs. The proxy replaces the whole host and keeps a default port if the
 * scheme stays; Istio leaves out the default port of the scheme. If the language requires something else, forms for
 * some hosts precede the general form. The scheme is always set: otherwise the proxy uses the one that the request
 * claims.
 */
export function redirectVariants(asked: Redirect, where: Where): readonly RedirectVariant[] {
  const scheme = asked.scheme === 'https' || asked.scheme === 'http' ? asked.scheme : where.scheme;
  const redirect = { ...asked, scheme };
  if (asked.port !== undefined) {
    if (asked.port !== defaultPorts[scheme]) return [general(redirect, asked.host, asked.port)];
    if (asked.host !== undefined) return [general(redirect, asked.host)];
    return [...byName(redirect, where, '(:[0-9]+)?'), general(redirect, undefined, asked.port)];
  }
  const oldDefault = where.port === defaultPorts[where.scheme];
  if (asked.host !== undefined) {
    const kept = general(redirect, `${asked.host}:${String(where.port)}`);
    const withPort = authority(`.*:${String(where.port)}`);
    return [...(oldDefault ? [] : [{ ...kept, authority: withPort }]), general(redirect, asked.host)];
  }
  const drops =
    oldDefault && scheme === where.scheme ? byName(redirect, where, `:${String(where.port)}`) : [];
  return [...drops, general(redirect)];
}

function byName(redirect: Redirect, { names }: Where, port: string): readonly RedirectVariant[] {
  return names.map((name) => ({
    ...general(redirect, name),
    authority: authority(`${quoteRegex(name)}${port}`),
  }));
}

function authority(regex: string): StringMatch {
  return { regex: `(?i)${regex}` };
}

function general(redirect: Redirect, host?: string, port?: number): RedirectVariant {
  return {
    redirect: {
      ...(redirect.scheme !== undefined && { scheme: redirect.scheme }),
      ...(host !== undefined && { authority: host }),
      ...(port !== undefined && { port }),
      redirectCode: redirect.status,
    },
  };
}
