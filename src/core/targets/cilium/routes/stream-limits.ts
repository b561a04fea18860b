import type { Feature } from '../../../ir/feature.ts';
import type { Rule } from '../../../ir/route.ts';
import { mtlsOf, type Port, type Service } from '../../../ir/service.ts';
import type { Limit } from '../../target.ts';

/** Returns the rules of a port without HTTP: Cilium reads routes of requests alone. */
export function streamLimits(service: Service, port: Port): readonly Limit[] {
  const { route } = port;
  if (route.implicit) return [];
  return route.rules
    .filter((rule, position) => position > 0 || !isPlain(rule, service, port))
    .map((rule, position) => ({
      feature: featureOf(rule, position, service, port),
      reason: 'Cilium reads routes of connections at gateways alone',
      callers: 'connections go to the Service that they name, to any of its versions',
      origin: rule.origin,
    }));
}

/** Returns true if a rule sends connections to where they go anyway. */
function isPlain({ action }: Rule, { id, versions }: Service, { name }: Port): boolean {
  if (action.type !== 'forward' || action.backends.length !== 1) return false;
  const [backend] = action.backends;
  return (
    backend?.service === id &&
    backend.port === name &&
    (backend.version === undefined || versions.length === 1)
  );
}

function featureOf({ action }: Rule, position: number, service: Service, port: Port): Feature {
  if (position > 0) return 'route.order';
  if (action.type === 'forward' && action.backends.length > 1) return 'route.split';
  return `mtls.${mtlsOf(service, port)}`;
}
