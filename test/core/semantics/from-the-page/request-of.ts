import type { Caller, Request } from '../../../../src/core/semantics/request.ts';
import type { Ask } from './read-page.ts';

const schemePorts: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** Returns the request for `decide`. Throws if the address doesn't have the form that `Ask` says. */
export function requestOf({ from, at, to, url, method, sni, headers, claims }: Ask): Request {
  const web = /^(?<scheme>https?):\/\/(?<host>[^/?#\\]+)(?<path>[^?]*)(?:\?(?<query>.*))?$/.exec(url)?.groups;
  const connection = /^(?:tcp|tls):\/\/(?<id>[^:]+):(?<port>[0-9]+)$/.exec(url)?.groups;
  const common = {
    from: callerOf(from),
    method,
    headers: headers.map(([name, value]) => ({ name: name.toLowerCase(), value })),
    ...(sni === undefined ? {} : { sni: sni === 'none' ? '' : sni }),
    ...(claims === undefined ? {} : { claims }),
  };
  if (connection !== undefined) {
    const { id = '', port } = connection;
    return {
      ...common,
      to: at === undefined ? { type: 'service', id } : { type: 'gateway', id: at },
      port: Number(port),
      path: '/',
    };
  }
  if (web === undefined) throw new Error(`no address: ${url}`);
  const { scheme = '', host = '', path = '', query } = web;
  const port = Number(/:([0-9]+)$/.exec(host)?.[1] ?? schemePorts[scheme]);
  return {
    ...common,
    ...(at === undefined
      ? { to: { type: 'service', id: to ?? host } }
      : { to: { type: 'gateway', id: at }, port }),
    host,
    path,
    ...(query === undefined ? {} : { query }),
  };
}

function callerOf(from: string): Caller {
  if (from === 'anonymous') return { type: 'anonymous' };
  return from.startsWith('spiffe://') ? { type: 'spiffe', id: from } : { type: 'service', id: from };
}
