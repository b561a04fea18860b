import type { CallerMatch } from '../../../ir/access.ts';
import type { Gateway } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import { spiffeId } from '../../../ir/principal.ts';
import type { MtlsMode } from '../../../ir/service.ts';
import { type Callers, everybody, everyPod, nobody, podsOf, podsWith, union } from './callers.ts';

/** The callers that Cilium finds for a list; `isExact` is false if they are fewer or more than the list means. */
export interface SeenCallers {
  readonly callers: Callers;
  readonly isExact: boolean;
}

/** The side to which a list is rounded where Cilium can't tell its callers from others. */
export type Rounding = 'down' | 'up';

/** The parts of a mesh on which its callers depend. */
export type CallersContext = Pick<Ir, 'trustDomain' | 'gateways'>;

/**
 * Returns the callers of a list for the mTLS of a port: with strict mTLS everybody has an identity, without mTLS nobody
 * has. An identity is that of a pod or a gateway: Cilium reads no certificates.
 */
export function seenCallers(
  from: readonly CallerMatch[] | undefined,
  mode: MtlsMode,
  ir: CallersContext,
  rounding: Rounding,
): SeenCallers {
  if (mode === 'disabled') {
    const isAnyone = from?.some(({ type }) => type === 'anyone') ?? true;
    return { callers: isAnyone ? everybody : nobody, isExact: true };
  }
  const list = from ?? [{ type: 'anyone' } as const];
  const gateways = Object.values(ir.gateways).filter(({ type }) => type === 'ingress');
  const taken = gateways.filter((gateway) => list.some((match) => takesGateway(match, gateway)));
  const known = list.map((match) => podsIn(match, mode, ir.trustDomain));
  const pods = known.reduce<Callers>((all, one) => union(all, one ?? nobody), nobody);
  const hasGateways =
    gateways.length > 0 && (rounding === 'up' ? taken.length > 0 : taken.length === gateways.length);
  return {
    callers: { ...pods, gateways: pods.others || hasGateways },
    isExact:
      known.every((one) => one !== undefined) && (taken.length === 0 || taken.length === gateways.length),
  };
}

/** Returns the callers of an entry that are no gateways; undefined for an identity that no pod has. */
function podsIn(match: CallerMatch, mode: MtlsMode, trustDomain: string): Callers | undefined {
  switch (match.type) {
    case 'anyone':
      return mode === 'strict' ? everyPod : everybody;
    case 'authenticated':
      return everyPod;
    case 'namespace':
      return match.trustDomain === trustDomain ? podsOf(match.namespace) : undefined;
    case 'spiffe': {
      const [, domain, namespace = '', account = ''] = accountPattern.exec(match.id) ?? [];
      return domain === trustDomain ? podsWith(namespace, account) : undefined;
    }
    case 'address':
      // Callers inside the mesh have no addresses.
      return nobody;
  }
}

const accountPattern = /^spiffe:\/\/([^/]+)\/ns\/([a-z0-9-]+)\/sa\/([a-z0-9][a-z0-9.-]*)$/;

function takesGateway(match: CallerMatch, { namespace, workload: { principal } }: Gateway): boolean {
  switch (match.type) {
    case 'anyone':
    case 'authenticated':
      return true;
    case 'namespace':
      return match.namespace === namespace && match.trustDomain === principal.trustDomain;
    case 'spiffe':
      return match.id === spiffeId(principal);
    case 'address':
      return false;
  }
}
