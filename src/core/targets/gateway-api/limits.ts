import type { External } from '../../ir/external.ts';
import type { Port } from '../../ir/service.ts';
import { gatewayLimits } from '../gateway-api-objects/gateway-limits.ts';
import { arrangedParts } from '../gateway-api-objects/http-rules.ts';
import { ruleLimits } from '../gateway-api-objects/rule-limits.ts';
import type { Limit } from '../target.ts';
import type { Lowering } from './context.ts';
import { unwritten } from './external-hosts.ts';

/** Returns the places of a mesh where objects of the Gateway API can't say what the mesh says. */
export function limits(lowering: Lowering): readonly Limit[] {
  const { ir, dialect } = lowering;
  return [
    ...Object.values(ir.services).flatMap(({ ports }) =>
      ports
        .filter(({ http }) => http)
        .flatMap(({ route, number }) => ruleLimits(arrangedParts(route.rules, number, dialect), dialect)),
    ),
    ...Object.values(ir.services).flatMap(({ ports }) => ports.flatMap(serverNames)),
    ...Object.values(ir.gateways).flatMap((gateway) => gatewayLimits(gateway, lowering)),
    ...Object.values(ir.externals).flatMap((external) => externalLimits(external, lowering)),
  ];
}

/** An External is written whole, or not at all. */
function externalLimits(external: External, { options, dialect }: Lowering): readonly Limit[] {
  const { origin, ports, tls } = external;
  // The capability is `none`: no use of the feature needs a reason of its own.
  if (dialect.lacks('external.hosts')) return [];
  const lost = unwritten(external, options);
  if (lost !== undefined)
    return [
      {
        ...lost,
        callers: 'calls to that host end as the mesh itself says',
        origin: lost.feature === 'external.tls' && tls !== undefined ? tls.origin : origin,
      },
    ];
  return ports.flatMap(({ route, number }) =>
    ruleLimits(arrangedParts(route.rules, number, dialect), dialect),
  );
}

/** Inside the mesh a connection goes by its port alone. */
function serverNames({ route }: Port): readonly Limit[] {
  return route.rules
    .flatMap(({ matches }) => matches)
    .filter(({ sni }) => sni !== undefined)
    .map(({ origin }) => ({
      feature: 'route.sni',
      reason: 'the Gateway API knows server names at gateways alone',
      callers: 'connections go by the first rule that names no server, or are closed',
      origin,
    }));
}
