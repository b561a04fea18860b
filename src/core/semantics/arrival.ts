import { joinedHeaders } from '../ir/joined-headers.ts';
import type { Header } from '../ir/route.ts';
import { withoutBlanks } from '../lib/without-blanks.ts';
import { hostName } from './host-name.ts';
import type { Request } from './request.ts';

/** A request as one proxy sees it: the input of routes, Access and limits. */
export interface Arrival {
  /** The port or listener at which the request arrived. */
  readonly port: ArrivalPort;
  /** Scheme that a redirect starts from. */
  readonly scheme: 'http' | 'https';
  readonly method: string;
  /** Normalised, without query; empty on tls and tcp ports. */
  readonly path: string;
  readonly query: string | undefined;
  /** The `Host` header, including a port; empty on tls and tcp ports. */
  readonly host: string;
  /** Names in lower case, values without blanks around them, repeated ones kept apart, without `host`. */
  readonly headers: readonly Header[];
  /** Lower case. */
  readonly sni: string | undefined;
  /** Verified SPIFFE ID of the caller. */
  readonly identity: string | undefined;
  /** Address of a gateway's client; undefined: the client has none. */
  readonly address: string | undefined;
  readonly claims: Request['claims'];
  /** Headers that a gateway made from claims of the token: no match reads them, servers receive them. */
  readonly added: readonly Header[];
  /** Headers that only a gateway may write: values from the caller are removed. */
  readonly reserved: readonly string[];
}

export interface ArrivalPort {
  readonly name: string;
  readonly number: number;
  /** True if the proxy sees single requests here, false if it sees only connections. */
  readonly http: boolean;
}

/** Fields that the proxy adds to those that the caller sent. */
type Circumstances = Pick<Arrival, 'port' | 'scheme' | 'path' | 'host' | 'identity'> &
  Partial<Pick<Arrival, 'address'>>;

/** Returns a request as it comes to its first proxy. */
export function arrive(request: Request, circumstances: Circumstances): Arrival {
  const { method, query, sni, claims } = request;
  const headers = request.headers.map(trimmed);
  const name = sni === undefined ? undefined : hostName(sni).name;
  const before = { claims, address: undefined, added: [], reserved: [] };
  return { method, query, headers, sni: name, ...before, ...circumstances };
}

/** Most values have no blanks around them, and their headers stay the same object. */
function trimmed(header: Header): Header {
  const value = withoutBlanks(header.value);
  return value === header.value ? header : { ...header, value };
}

/** Returns the values of a header, one by one, except those that proxies join to one; `host` is a header, too. */
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
