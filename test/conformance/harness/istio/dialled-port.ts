import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Service } from '../../../../src/core/ir/service.ts';
import { askedOwner, effectiveHost } from '../../../../src/core/semantics/asked-port.ts';
import { hostName, mostSpecific } from '../../../../src/core/semantics/host-name.ts';
import { defaultPort } from '../../../../src/core/semantics/port.ts';
import type { Request } from '../../../../src/core/semantics/request.ts';
import { resolveHost } from '../../../../src/core/semantics/resolve-host.ts';

/**
 * Returns the port to which an application connects for an HTTP call. Istio's proxy recognises a call by its address,
 * while the language uses its `Host`. The port is therefore that of the `Host`, or the one that a `Host` without a port
 * means.
 */
export function dialledPort(ir: Ir, caller: Service, request: Request): number {
  const host = effectiveHost(askedOwner(ir, request), request);
  const { name, port } = hostName(host);
  if (port !== undefined && /^\d+$/.test(port)) return Number(port);
  const to = resolveHost(ir, caller, host);
  if (to.type === 'port') return to.port.number;
  return defaultPort((askedOwner(ir, request) ?? externalAt(ir, name))?.ports ?? [])?.number ?? 80;
}

function externalAt(ir: Ir, name: string) {
  return Object.values(ir.externals).find(({ hosts }) => mostSpecific(hosts, name) !== undefined);
}
