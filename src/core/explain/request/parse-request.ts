import type { Ir } from '../../ir/ir.ts';
import { parseAddress } from '../../lib/ip-range.ts';
import type { Caller, Request } from '../../semantics/request.ts';
import { findNamed } from './find-named.ts';
import type { Problem } from './problem.ts';
import { type RequestFields, requestFields } from './request-fields.ts';

/**
 * Reads a request from JSON, as in a line of `--batch` (cli.md): `from` is a service, a SPIFFE ID or `anonymous` (also
 * when left out), `to` a service or External, or `gateway`; ports by name or number; `headers` a map to a value or a
 * list of values. The default method is GET, the default path `/`.
 */
export function parseRequest(data: unknown, ir: Ir): { readonly request: Request } | Problem {
  const checked = requestFields(data);
  if ('problem' in checked) return checked;
  const { fields } = checked;
  const from = caller(fields.from ?? 'anonymous', ir);
  if ('problem' in from) return from;
  const to = destination(fields, from.namespaces, ir);
  if ('problem' in to) return to;
  const path = pathAndQuery(fields);
  if ('problem' in path) return path;
  const headers = readHeaders(fields);
  if ('problem' in headers) return headers;
  const { sni, claims, port, address } = fields;
  if (address !== undefined && parseAddress(address) === undefined)
    return { problem: `\`${address}\` is no IP address` };
  return {
    request: {
      from: from.caller,
      to: to.to,
      method: fields.method ?? 'GET',
      ...path,
      ...headers,
      ...(port === undefined ? {} : { port: readPort(port) }),
      ...(sni === undefined ? {} : { sni }),
      ...(address === undefined ? {} : { address }),
      ...(claims === undefined ? {} : { claims }),
    },
  };
}

/** Returns the caller, and the namespaces in which bare names are looked up. */
function caller(
  from: string,
  ir: Ir,
): { readonly caller: Caller; readonly namespaces: readonly string[] } | Problem {
  if (from === 'anonymous') return { caller: { type: 'anonymous' }, namespaces: ['default'] };
  if (from.startsWith('spiffe://')) return { caller: { type: 'spiffe', id: from }, namespaces: ['default'] };
  const found = findNamed(from, 'service', [ir.services], ['default']);
  if ('problem' in found) return found;
  const namespace = ir.services[found.id]?.namespace ?? 'default';
  return { caller: { type: 'service', id: found.id }, namespaces: [namespace, 'default'] };
}

function destination(
  { to, gateway, host }: RequestFields,
  namespaces: readonly string[],
  ir: Ir,
): { readonly to: Request['to'] } | Problem {
  if (to !== undefined && gateway !== undefined)
    return { problem: 'a request goes `to` a service or to a `gateway`, not both' };
  if (gateway !== undefined) {
    const found = findNamed(gateway, 'gateway', [ir.gateways], namespaces);
    return 'problem' in found ? found : { to: { type: 'gateway', id: found.id } };
  }
  if (to !== undefined) {
    const found = findNamed(to, 'service', [ir.services, ir.externals], namespaces);
    return 'problem' in found ? found : { to: { type: 'service', id: found.id } };
  }
  // Inside the mesh only `Host` decides, and no document needs to have this host.
  if (host !== undefined) return { to: { type: 'service', id: host } };
  return { problem: 'a request goes somewhere: name a service in `to`, or a `gateway`' };
}

function pathAndQuery({ path = '/', query }: RequestFields): Pick<Request, 'path' | 'query'> | Problem {
  const mark = path.indexOf('?');
  if (mark === -1) return query === undefined || query === '' ? { path } : { path, query };
  if (query !== undefined) return { problem: 'the query stands in `path` and in `query`: write it once' };
  const own = path.slice(mark + 1);
  return own === '' ? { path: path.slice(0, mark) } : { path: path.slice(0, mark), query: own };
}

/** Reads the headers in order; `Host` becomes a separate field. */
function readHeaders(fields: RequestFields): Pick<Request, 'headers' | 'host'> | Problem {
  const sent = Object.entries(fields.headers ?? {}).flatMap(([name, values]) =>
    (Array.isArray(values) ? (values as readonly unknown[]) : [values]).map((value) => ({
      name: name.toLowerCase(),
      value: String(value),
    })),
  );
  const wrong = sent.find(({ name }) => !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name));
  if (wrong !== undefined) return { problem: `\`${wrong.name}\` is no name of a header` };
  const broken = sent.find(({ value }) => /[\r\n\0]/.test(value));
  if (broken !== undefined)
    return { problem: `the value of the header \`${broken.name}\` holds a line break or a NUL` };
  const headers = sent.filter(({ name }) => name !== 'host');
  const host = fields.host ?? sent.find(({ name }) => name === 'host')?.value;
  return host === undefined ? { headers } : { headers, host };
}

function readPort(port: string | number): string | number {
  return typeof port === 'string' && /^[0-9]+$/.test(port) ? Number(port) : port;
}
