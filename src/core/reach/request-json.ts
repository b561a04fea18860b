import type { Request } from '../semantics/request.ts';

/** A request in the form of a line of `mesh explain request --batch`. */
export interface RequestJson {
  readonly from: string;
  readonly to?: string;
  readonly gateway?: string;
  readonly port?: string | number;
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly sni?: string;
  readonly address?: string;
  readonly claims?: Readonly<Record<string, unknown>> | 'invalid';
}

/** Returns a request in the form that `parseRequest` reads. */
export function requestJson(request: Request): RequestJson {
  const { from, to, port, method, path, query, host, sni, address, claims } = request;
  const headers = headersOf(request);
  return {
    from: from.type === 'anonymous' ? 'anonymous' : from.id,
    ...(to.type === 'gateway' ? { gateway: to.id } : { to: to.id }),
    ...(port !== undefined && { port }),
    method,
    path,
    ...(query !== undefined && { query }),
    ...(host !== undefined && { host }),
    ...(headers !== undefined && { headers }),
    ...(sni !== undefined && { sni }),
    ...(address !== undefined && { address }),
    ...(claims !== undefined && { claims }),
  };
}

function headersOf({ headers }: Request): RequestJson['headers'] {
  if (headers.length === 0) return undefined;
  const values = new Map<string, string[]>();
  for (const { name, value } of headers) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(
    [...values].map(([name, list]) => [name, list.length === 1 ? (list[0] ?? '') : list]),
  );
}
