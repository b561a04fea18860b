import type { Problem } from './problem.ts';
import type { RequestFields } from './request-fields.ts';

/** The arguments and options of `mesh explain request` as typed. */
export interface RequestOptions {
  readonly from?: string;
  readonly to?: string;
  readonly gateway?: string;
  readonly port?: string;
  /** METHOD and PATH; with a path alone the method is GET. */
  readonly arguments: readonly string[];
  /** `name:value`, in order. */
  readonly headers: readonly string[];
  readonly host?: string;
  readonly sni?: string;
  readonly address?: string;
  /**
   * `name=value`, where a value that starts with `{` or `[` is JSON; `invalid` alone is a token that does not validate.
   */
  readonly claims: readonly string[];
}

/** Returns the request in the form that `parseRequest` reads; repeated headers and claims become lists. */
export function requestFromOptions(options: RequestOptions): { readonly fields: RequestFields } | Problem {
  const line = requestLine(options.arguments);
  if ('problem' in line) return line;
  const headers = readHeaders(options.headers);
  if ('problem' in headers) return headers;
  const claims = readClaims(options.claims);
  if ('problem' in claims) return claims;
  const { from, to, gateway, port, host, sni, address } = options;
  const named = Object.entries({ from, to, gateway, port, host, sni, address }).filter(
    ([, value]) => value !== undefined,
  );
  return { fields: { ...(Object.fromEntries(named) as RequestFields), ...line, ...headers, ...claims } };
}

function requestLine(words: readonly string[]): Pick<RequestFields, 'method' | 'path'> | Problem {
  const [first, second] = words;
  if (words.length > 2)
    return { problem: `\`${words.slice(2).join(' ')}\` is too much: a request is METHOD PATH` };
  if (first === undefined) return {};
  if (second !== undefined) return { method: first, path: second };
  return first.startsWith('/') ? { path: first } : { method: first };
}

function readHeaders(written: readonly string[]): Pick<RequestFields, 'headers'> | Problem {
  const headers = new Map<string, string[]>();
  for (const header of written) {
    const colon = header.indexOf(':');
    if (colon < 1) return { problem: `\`${header}\` is no header: write name:value` };
    const name = header.slice(0, colon).trim().toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), header.slice(colon + 1).trim()]);
  }
  return headers.size === 0 ? {} : { headers: Object.fromEntries(headers) };
}

function readClaims(written: readonly string[]): Pick<RequestFields, 'claims'> | Problem {
  if (written.length === 0) return {};
  if (written.length === 1 && written[0] === 'invalid') return { claims: 'invalid' };
  const claims = new Map<string, unknown>();
  for (const claim of written) {
    const equals = claim.indexOf('=');
    if (equals < 1) return { problem: `\`${claim}\` is no claim: write name=value, or \`invalid\` alone` };
    const name = claim.slice(0, equals);
    const value = claimValue(claim.slice(equals + 1));
    if (value === undefined)
      return { problem: `the value of the claim \`${name}\` starts like JSON and is none` };
    const before = claims.get(name);
    claims.set(name, before === undefined ? value : [before, value].flat());
  }
  return { claims: Object.fromEntries(claims) };
}

function claimValue(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
