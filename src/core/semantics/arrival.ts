import { joinedHeaders } from '../ir/joined-headers.ts';
import type { Header } from '../ir/route.ts';
import { withoutBlanks } from '../lib/without-blanks.ts';
import { hostName } from './host-name.ts';
import type { Request } from './request.ts';

/** A request as one proxy sees it: the input of routes, Access and limits. */
export interface Arrival {
  /** The port or listener at which the request arrived. */
  readonly port: ArrivalPort;
  /** The scheme with which a redirect starts. */
  readonly scheme: 'http' | 'https';
  readonly method: string;
  /** The normalised path without the query; empty on tls and tcp ports. */
  readonly path: string;
  readonly query: string | undefined;
  /** The `Host` header, including a port; empty on tls and tcp ports. */
  readonly host: string;
  /**
   * The headers without `host`: names in lower case, values without blanks around them, repeated headers one by one.
   */
  readonly headers: readonly Header[];
  /** The server name of TLS, in lower case. */
  readonly sni: string | undefined;
  /** Verified SPIFFE ID of the caller. */
  readonly identity: string | undefined;
  /** The address of a gateway's client; undefined if there is none. */
  readonly address: string | undefined;
  readonly claims: Request['claims'];
  /** Headers that a gateway made from claims of the token: servers receive them, but no match reads them. */
  readonly added: readonly Header[];
  /** Headers that only a gateway may write: proxies remove the caller's values. */
  readonly reserved: readonly string[];
}

export interface ArrivalPort {
  readonly name: string;
  readonly number: number;
  /** True if the proxy sees single requests here, false if it sees only connections. */
  readonly http: boolean;
}

/** The fields that the proxy adds to the caller's. */
type Circumstances = Pick<Arrival, 'port' | 'scheme' | 'path' | 'host' | 'identity'> &
  Partial<Pick<Arrival, 'address'>>;

/** Returns a request as its first proxy receives it. */
export function arrive(request: Request, circumstances: Circumstances): Arrival {
  const { method, query, sni, claims } = request;
  const headers = request.headers.map(trimmed);
  const name = sni === undefined ? undefined : hostName(sni).name;
  const before = { claims, address: undefined, added: [], reserved: [] };
  return { method, query, headers, sni: name, ...before, ...circumstances };
}

/** Most values have no blanks around them: return the same object for these headers. */
function trimmed(header: Header): Header {
  const value = withoutBlanks(header.value);
  return value === header.value ? header : { ...header, value };
}

/** Returns the values of a header one by one; headers that proxies join have one value. `host` is a header, too. */
export function headerValues(arrival: Arrival, name: string): readonly string[] {
  if (name === 'host') return [arrival.host];
  const values = arrival.headers.filter((header) => header.name === name).map((header) => header.value);
  if (values.length < 2 || !joinedHeaders.has(name)) return values;
  return [values.filter((value) => value !== '').join(',')];
}

/** Returns path and query as in the request line. */
export function target({ path, query }: Pick<Arrival, 'path' | 'query'>): string {
  return query === undefined ? path : `${path}?${query}`;
}
