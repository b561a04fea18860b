import type { AccessRule } from '../../../ir/access.ts';
import type { Feature } from '../../../ir/feature.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Limit } from '../../target.ts';
import { limitAt } from '../limit-at.ts';
import { isOpen } from './open.ts';

const reason = 'App Mesh has no Access for a virtual gateway, so that this gateway takes no requests';

/** Returns the limits of gateways: those for calls out of the mesh, and those with rules of Access. */
export function gatewayLimits({ gateways }: Ir): readonly Limit[] {
  return Object.values(gateways).flatMap((gateway) => {
    const listeners = gateway.listeners.filter(({ protocol }) => protocol === 'http');
    if (gateway.type === 'egress')
      return listeners.map(({ origin }) =>
        limitAt('gateway.http', origin, 'App Mesh has no gateways for calls that leave it'),
      );
    if (isOpen(gateway)) return [];
    const { access } = gateway;
    return [
      ...access.deny.map(({ origin }) => limitAt('access.deny', origin, reason)),
      ...(access.closed ? access.allow : []).flatMap((rule) =>
        usedBy(rule).map(([feature, origin]) => limitAt(feature, origin, reason)),
      ),
    ];
  });
}

/** Returns the features by which a rule is narrower than every request. */
function usedBy({
  from,
  to,
  except,
  origin,
}: AccessRule): readonly (readonly [Feature, AccessRule['origin']])[] {
  const names = from?.some(({ type }) => type !== 'anyone' && type !== 'address') === true;
  const listeners = to?.some(({ ports }) => ports !== undefined) === true;
  const requests = (to ?? []).filter(({ methods, paths, hosts, headers }) =>
    [methods, paths, hosts, headers].some((condition) => condition !== undefined),
  );
  return [
    ...(names || listeners ? [['access.identity', origin] as const] : []),
    ...requests.map((operation) => ['access.http', operation.origin] as const),
    ...(except ?? []).map((exception) => ['access.except', exception.origin] as const),
  ];
}
