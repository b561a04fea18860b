import { defineMessages, finding } from '../../diagnostics/message.ts';
import { parseRange } from '../../lib/ip-range.ts';
import { quoted } from '../../lib/quoted.ts';
import type { Principal as WrittenPrincipal } from '../../spec/types.gen.ts';
import type { CallerMatch } from '../access.ts';
import type { Principal, PrincipalMatch } from '../principal.ts';
import { spiffeId } from '../principal.ts';
import type { ServiceId } from '../service-id.ts';
import type { Linking } from './linking.ts';
import { gatewayId, serviceId } from './names.ts';
import { itemsOf, keyLocationOf, locationOf, type SpecPlace } from './spec-place.ts';

export const messages = defineMessages({
  MESH2005: {
    severity: 'warning',
    text: 'the trust domain {trustDomain} is neither that of this mesh nor federated, so this identity never gets in',
    explanation:
      'A certificate is accepted when its trust domain is `spec.trustDomain` of the Mesh or one of `spec.certificates.federation`. Federate with the other domain, or correct the identity.',
  },
  MESH2313: {
    severity: 'error',
    text: 'callers are known by `address` only in an Access of a gateway',
    explanation:
      'Inside the mesh a caller is identified by its certificate. Its address has no meaning, since proxies and networks rewrite it. Name a service, an account or a namespace; at a gateway, guard it with an Access (`gateway: …`).',
  },
  MESH2314: {
    severity: 'error',
    text: '{address} is neither an IP address nor a range of them',
    explanation:
      'Write a plain address (`192.0.2.7`, `2001:db8::1`) or a range in CIDR notation (`10.0.0.0/8`): without leading zeros, port, zone or dotted end of IPv6.',
  },
});

/** Returns the account that a Service runs as: by default its own name. */
export function servicePrincipal(linking: Linking, id: ServiceId): Principal {
  const service = linking.names.services.get(id);
  return account(linking, id, service?.value.spec.workload?.serviceAccount);
}

/** Returns the account that a Gateway runs as: by default its own name. */
export function gatewayPrincipal(linking: Linking, id: ServiceId): Principal {
  const gateway = linking.names.gateways.get(id);
  return account(linking, id, gateway?.value.spec.workload?.serviceAccount);
}

/** Returns the callers of a list of principals; reports and leaves out those that name nothing known. */
export function principalMatches(
  linking: Linking,
  list: readonly WrittenPrincipal[],
  namespace: string,
): readonly PrincipalMatch[] {
  return itemsOf(list).flatMap(([principal, at]) => {
    if (addressOf(principal) === undefined) return principalMatch(linking, principal, at, namespace) ?? [];
    const place = { container: principal as object, key: 'address' };
    linking.report(finding(messages, 'MESH2313', keyLocationOf(place), {}));
    return [];
  });
}

/** Returns the callers of a list in an Access; at a gateway the list may contain addresses, too. */
export function callerMatches(
  linking: Linking,
  list: readonly WrittenPrincipal[],
  namespace: string,
  atGateway: boolean,
): readonly CallerMatch[] {
  if (!atGateway) return principalMatches(linking, list, namespace);
  return itemsOf(list).flatMap(([principal, at]): readonly CallerMatch[] => {
    const range = addressOf(principal);
    if (range === undefined) {
      const match = principalMatch(linking, principal, at, namespace);
      return match === undefined ? [] : [match];
    }
    if (parseRange(range) !== undefined) return [{ type: 'address', range }];
    const location = locationOf({ container: principal as object, key: 'address' });
    linking.report(finding(messages, 'MESH2314', location, { address: quoted(range) }));
    return [];
  });
}

function addressOf(principal: WrittenPrincipal): string | undefined {
  return typeof principal === 'string' ? undefined : principal.address;
}

function principalMatch(
  linking: Linking,
  principal: WrittenPrincipal,
  at: SpecPlace,
  namespace: string,
): PrincipalMatch | undefined {
  if (typeof principal === 'string') return ofService(linking, principal, at, namespace);
  const inside = (key: string): SpecPlace => ({ container: principal, key });
  if (principal.service !== undefined)
    return ofService(linking, principal.service, inside('service'), namespace);
  if (principal.serviceAccount !== undefined) return ofAccount(linking, principal.serviceAccount, namespace);
  if (principal.gateway !== undefined) {
    const reference = { name: principal.gateway, namespace, ...inside('gateway') };
    const id = gatewayId(linking.names, reference, linking.report);
    return id === undefined ? undefined : { type: 'spiffe', id: spiffeId(gatewayPrincipal(linking, id)) };
  }
  if (principal.principal !== undefined) return ofSpiffeId(linking, principal.principal, inside('principal'));
  if (principal.namespace !== undefined) {
    return { type: 'namespace', trustDomain: linking.mesh.trustDomain, namespace: principal.namespace };
  }
  return { type: principal.authenticated === true ? 'authenticated' : 'anyone' };
}

function ofService(
  linking: Linking,
  name: string,
  at: SpecPlace,
  namespace: string,
): PrincipalMatch | undefined {
  const reference = { name, namespace, isCaller: true, ...at };
  const id = serviceId(linking.names, reference, 'a caller', linking.report);
  return id === undefined ? undefined : { type: 'spiffe', id: spiffeId(servicePrincipal(linking, id)) };
}

function ofAccount(linking: Linking, name: string, namespace: string): PrincipalMatch {
  const slash = name.indexOf('/');
  const where = slash < 0 ? namespace : name.slice(0, slash);
  const principal = {
    trustDomain: linking.mesh.trustDomain,
    namespace: where,
    serviceAccount: name.slice(slash + 1),
  };
  return { type: 'spiffe', id: spiffeId(principal) };
}

function ofSpiffeId(linking: Linking, id: string, at: SpecPlace): PrincipalMatch {
  const trustDomain = id.slice('spiffe://'.length).split('/')[0] ?? '';
  const federated = linking.mesh.certificates?.federation?.[trustDomain] !== undefined;
  if (trustDomain !== linking.mesh.trustDomain && !federated) {
    linking.report(finding(messages, 'MESH2005', locationOf(at), { trustDomain }));
  }
  return { type: 'spiffe', id };
}

function account(linking: Linking, id: ServiceId, serviceAccount: string | undefined): Principal {
  const [namespace = '', name = ''] = id.split('/');
  return { trustDomain: linking.mesh.trustDomain, namespace, serviceAccount: serviceAccount ?? name };
}
