import type { External } from '../ir/external.ts';
import type { Gateway, Listener } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import type { Service } from '../ir/service.ts';
import { own } from '../lib/own.ts';
import { closestListener } from '../semantics/listener.ts';
import { hostsOfEach } from './hostnames.ts';
import { sameMeaning } from './same-meaning.ts';

/** Returns the changes of the authorities and servers that proxies trust, as reasons for people. */
export function trustChanges(before: Ir, after: Ir): readonly string[] {
  const of = <T>(
    was: Readonly<Record<string, T>>,
    is: Readonly<Record<string, T>>,
    differs: (one: T, other: T) => boolean,
    reason: string,
  ): readonly string[] =>
    Object.entries(is).flatMap(([id, owner]) => {
      const old = own(was, id);
      return old !== undefined && differs(old, owner) ? [`${id}: ${reason}`] : [];
    });
  return [
    ...ofMesh(before, after),
    ...of(before.services, after.services, applicationsDiffer, servers),
    ...of(before.externals, after.externals, serversDiffer, servers),
    ...of(before.gateways, after.gateways, clientsDiffer, 'which client certificates are valid changes'),
  ];
}

const servers = 'which server certificates are valid changes';

function ofMesh({ certificates: was }: Ir, { certificates: is }: Ir): readonly string[] {
  const issuerOf = ({ delegate, certManager, spire }: typeof was): object => ({
    delegate,
    certManager,
    spire,
  });
  return [
    ...(sameMeaning(issuerOf(was), issuerOf(is))
      ? []
      : ['the issuer of the certificates of the mesh changes']),
    ...is.federation.flatMap(({ trustDomain, bundle }) => {
      const old = was.federation.find((one) => one.trustDomain === trustDomain);
      return old === undefined || old.bundle === bundle ? [] : [bundleChange(trustDomain)];
    }),
  ];
}

/** Returns the reason for another bundle of a federated trust domain. */
export function bundleChange(trustDomain: string): string {
  return `${trustDomain}: which certificates of the federated trust domain are valid changes`;
}

function serversDiffer({ tls: was }: External, { tls: is }: External): boolean {
  return was !== undefined && is !== undefined && checksDiffer(was, is);
}

function applicationsDiffer({ ports: were }: Service, { ports }: Service): boolean {
  return ports.some(({ number, tls }) => {
    const old = were.find((one) => one.number === number)?.tls;
    return tls !== undefined && old !== undefined && checksDiffer(old, tls);
  });
}

type Checks = Pick<NonNullable<External['tls']>, 'ca' | 'subjectAltNames'>;

function checksDiffer(was: Checks, is: Checks): boolean {
  return !sameMeaning(was.ca, is.ca) || !sameMeaning(was.subjectAltNames, is.subjectAltNames);
}

function clientsDiffer({ listeners: were }: Gateway, { listeners }: Gateway): boolean {
  return samePlaces(were, listeners).some(([old, listener]) => {
    const [was, is] = [old.tls?.clientCertificates?.ca, listener.tls?.clientCertificates?.ca];
    return was !== undefined && is !== undefined && !sameMeaning(was, is);
  });
}

/**
 * Returns the pairs of listeners before and after that are the same place: they have one name, or a host enters both at
 * one port.
 */
export function samePlaces(
  before: readonly Listener[],
  after: readonly Listener[],
): readonly (readonly [Listener, Listener])[] {
  const namesakes = after.flatMap((listener) =>
    before.filter(({ name }) => name === listener.name).map((old) => [old, listener] as const),
  );
  const entered = [...new Set(after.map(({ port }) => port))].flatMap((number) => {
    const [were, are] = [before, after].map((all) => all.filter(({ port }) => port === number));
    if (were === undefined || are === undefined) return [];
    return hostsOfEach([...were, ...are].flatMap(({ hostnames }) => hostnames)).flatMap((host) => {
      const [old, listener] = [closestListener(were, host), closestListener(are, host)];
      return old === undefined || listener === undefined ? [] : [[old, listener] as const];
    });
  });
  return [...namesakes, ...entered];
}
