import { defineMessages, finding } from '../../diagnostics/message.ts';
import { originOf } from '../../location.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type { AuthenticationDocument } from '../../spec/types.gen.ts';
import type { Authentication, Issuer } from '../authentication.ts';
import type { ServiceId } from '../service-id.ts';
import { externalAuthorizationOf } from './external-authorization.ts';
import { issuerOf } from './issuers.ts';
import type { Linking } from './linking.ts';
import { gatewayId, serviceId } from './names.ts';
import type { PortOwner } from './ports.ts';
import { listenerNames } from './routes.ts';
import { entriesOf, itemsOf, keyLocationOf, type SpecPlace } from './spec-place.ts';
import { writtenPorts } from './written-ports.ts';

export const messages = defineMessages({
  MESH2110: {
    severity: 'error',
    text: 'the issuer {name} is declared twice for {owner}, differently',
    explanation:
      'Several Authentications for one service or gateway add up, and the names of issuers are shared. Declare it in one document that holds for both, or rename it.',
  },
  MESH2111: {
    severity: 'error',
    text: 'the issuers {first} and {second} for {owner} both have the `iss` {issuer}',
    explanation:
      'A token is checked with the keys of the issuer that its `iss` names, so only one of several with the same `iss` can be meant. Bring them together.',
  },
  MESH2112: {
    severity: 'error',
    text: '{owner} has two different external authorizations',
    explanation:
      'Only one service can decide about a request. Keep `externalAuthorization` in one of the Authentications for this owner.',
  },
  MESH2113: {
    severity: 'error',
    text: 'this Authentication names neither `services` nor `gateways`, so it holds nowhere',
    explanation: 'An Authentication checks tokens at the services and gateways that it names: name them.',
  },
});

/** The checks of tokens, by id of service and of gateway. */
export interface AuthenticationTable {
  readonly services: ReadonlyMap<ServiceId, Authentication>;
  readonly gateways: ReadonlyMap<ServiceId, Authentication>;
}

/** Combines all Authentication documents; contradictions are reported. */
export function authenticationTable(linking: Linking): AuthenticationTable {
  const services = new Map<ServiceId, Collected>();
  const gateways = new Map<ServiceId, Collected>();
  for (const document of linking.spec.authentications) {
    const { spec } = document.value;
    if (spec.services === undefined && spec.gateways === undefined) {
      linking.report(finding(messages, 'MESH2113', document.location, {}));
    }
    const reference = (name: string, at: SpecPlace) => ({ name, namespace: document.namespace, ...at });
    const checked = itemsOf(spec.services).flatMap(
      ([name, at]) =>
        serviceId(linking.names, reference(name, at), 'an Authentication', linking.report) ?? [],
    );
    const entered = itemsOf(spec.gateways).flatMap(
      ([name, at]) => gatewayId(linking.names, reference(name, at), linking.report) ?? [],
    );
    const part = partOf(linking, document, {
      title: 'what this Authentication holds for',
      portNames: [
        ...checked.flatMap((id) => writtenPorts(linking, id).portNames),
        ...entered.flatMap((id) => listenerNames(linking, id)),
      ],
    });
    for (const id of checked) add(linking, services, id, `Service ${id}`, part);
    for (const id of entered) add(linking, gateways, id, `Gateway ${id}`, part);
  }
  return { services: finished(services), gateways: finished(gateways) };
}

/** One document, linked once for all services and gateways that it applies to. */
interface Part {
  readonly document: SpecObject<AuthenticationDocument>;
  readonly issuers: readonly (readonly [Issuer, SpecPlace])[];
  readonly externalAuthorization: Authentication['externalAuthorization'];
}

interface Collected {
  readonly document: SpecObject<AuthenticationDocument>;
  readonly issuers: Map<string, { readonly issuer: Issuer; readonly at: SpecPlace }>;
  readonly byIss: Map<string, string>;
  required: boolean;
  externalAuthorization: Authentication['externalAuthorization'];
}

function partOf(linking: Linking, document: SpecObject<AuthenticationDocument>, owner: PortOwner): Part {
  const { issuers, externalAuthorization } = document.value.spec;
  return {
    document,
    issuers: entriesOf(issuers).map(([name, issuer, at]) => [issuerOf(name, issuer, at), at]),
    externalAuthorization:
      externalAuthorization &&
      externalAuthorizationOf(linking, document.namespace, owner, externalAuthorization),
  };
}

function add(
  linking: Linking,
  into: Map<ServiceId, Collected>,
  id: ServiceId,
  owner: string,
  part: Part,
): void {
  const { document } = part;
  const collected: Collected = into.get(id) ?? {
    document,
    issuers: new Map(),
    byIss: new Map(),
    required: false,
    externalAuthorization: undefined,
  };
  into.set(id, collected);
  for (const [issuer, at] of part.issuers) addIssuer(linking, collected, owner, issuer, at);
  collected.required ||= document.value.spec.required ?? false;
  if (part.externalAuthorization === undefined) return;
  const earlier = collected.externalAuthorization;
  if (earlier !== undefined && !alike(earlier, part.externalAuthorization)) {
    const location = keyLocationOf({ container: document.value.spec, key: 'externalAuthorization' });
    linking.report(finding(messages, 'MESH2112', location, { owner }));
  }
  collected.externalAuthorization ??= part.externalAuthorization;
}

function addIssuer(
  linking: Linking,
  collected: Collected,
  owner: string,
  issuer: Issuer,
  at: SpecPlace,
): void {
  const { name } = issuer;
  const earlier = collected.issuers.get(name);
  if (earlier !== undefined) {
    if (alike(earlier.issuer, issuer)) return;
    const related = [{ location: keyLocationOf(earlier.at), message: 'the other declaration' }];
    linking.report(finding(messages, 'MESH2110', keyLocationOf(at), { name, owner }, { related }));
    return;
  }
  const first = collected.byIss.get(issuer.issuer);
  if (first !== undefined) {
    const other = collected.issuers.get(first);
    const related =
      other === undefined ? [] : [{ location: keyLocationOf(other.at), message: `the issuer ${first}` }];
    const values = { first, second: name, owner, issuer: issuer.issuer };
    linking.report(finding(messages, 'MESH2111', keyLocationOf(at), values, { related }));
    return;
  }
  collected.byIss.set(issuer.issuer, name);
  collected.issuers.set(name, { issuer, at });
}

function finished(collected: ReadonlyMap<ServiceId, Collected>): ReadonlyMap<ServiceId, Authentication> {
  return new Map(
    [...collected].map(
      ([id, { document, issuers, required, externalAuthorization }]): [ServiceId, Authentication] => {
        const sorted = [...issuers.keys()].sort().flatMap((name) => issuers.get(name)?.issuer ?? []);
        const origin = originOf(document.location);
        return [
          id,
          { origin, issuers: sorted, required, ...(externalAuthorization && { externalAuthorization }) },
        ];
      },
    ),
  );
}

function alike(one: object, other: object): boolean {
  const text = (value: object): string =>
    JSON.stringify(value, (key, inner: unknown) => (key === 'origin' ? undefined : inner));
  return text(one) === text(other);
}
