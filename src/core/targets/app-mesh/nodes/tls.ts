import { type Principal, spiffeId } from '../../../ir/principal.ts';
import { mtlsOf, type Port, type Service } from '../../../ir/service.ts';
import { type Accounts, knownAccounts } from '../../smi-objects/accounts.ts';
import type { Lowering } from '../context.ts';
import type { VirtualNodeSpec } from '../crds/app-mesh.gen.ts';
import { type Admitted, accountOf, admittedTo, nobody } from './admitted.ts';

type Listener = NonNullable<VirtualNodeSpec['listeners']>[number];
/** The TLS of a listener. */
export type ServerTls = NonNullable<Listener['tls']>;
type Backend = NonNullable<VirtualNodeSpec['backends']>[number];
/** The TLS that a caller starts. */
export type ClientTls = NonNullable<NonNullable<Backend['virtualService']['clientPolicy']>['tls']>;
type Source = Pick<Lowering, 'ir' | 'options'>;

const files = {
  certificate: { certificateChain: '/certs/tls.crt', privateKey: '/certs/tls.key' },
  trust: { certificateChain: '/certs/ca.crt' },
} as const;

/**
 * Returns the TLS of a port of a service; undefined if the port takes plain text alone. A port that refuses everybody
 * asks for a name that nobody has.
 */
export function serverTls(service: Service, port: Port, { ir, options }: Source): ServerTls | undefined {
  const ports = service.ports.filter(({ targetPort }) => targetPort === port.targetPort);
  const { anonymous, accounts } = commonOf(service, ports, knownAccounts(ir));
  if (anonymous && ports.every((one) => mtlsOf(service, one) === 'disabled')) return undefined;
  const names = accounts === 'all' ? undefined : accounts.length > 0 ? accounts : [nobody(ir.trustDomain)];
  return {
    mode: anonymous ? 'PERMISSIVE' : 'STRICT',
    certificate: certificateOf(service.workload.principal, options),
    validation: {
      trust: trustOf(ir.trustDomain, options),
      ...(names && { subjectAlternativeNames: { match: { exact: names } } }),
    },
  };
}

/** Returns the callers whom all ports that share a port of the pods take. */
function commonOf(
  service: Service,
  ports: readonly Port[],
  accounts: Accounts,
): Pick<Admitted, 'anonymous' | 'accounts'> {
  const all = ports.map((port) => admittedTo(service, port, accounts));
  const lists = all.flatMap((one) => (one.accounts === 'all' ? [] : [one.accounts]));
  const [first, ...others] = lists;
  return {
    anonymous: all.every(({ anonymous }) => anonymous),
    accounts: first?.filter((id) => others.every((list) => list.includes(id))) ?? 'all',
  };
}

/** Returns true if calls to a port are encrypted. */
function isEncrypted(service: Service, port: Port, source: Source): boolean {
  return serverTls(service, port, source) !== undefined;
}

/**
 * Returns the TLS that a caller starts towards the ports of services, whose names it checks; undefined if all of them
 * take plain text.
 */
export function clientTls(
  caller: Principal,
  called: readonly { readonly service: Service; readonly port: Port }[],
  { ir, options }: Source,
): ClientTls | undefined {
  const encrypted = called.filter(({ service, port }) => isEncrypted(service, port, { ir, options }));
  if (encrypted.length === 0) return undefined;
  const names = [...new Set(encrypted.map(({ service }) => accountOf(service)))].sort();
  return {
    enforce: encrypted.length === called.length,
    certificate: certificateOf(caller, options),
    validation: {
      trust: trustOf(ir.trustDomain, options),
      subjectAlternativeNames: { match: { exact: names } },
    },
  };
}

function certificateOf(principal: Principal, { certificates }: Source['options']) {
  return certificates === 'files'
    ? { file: files.certificate }
    : { sds: { secretName: spiffeId(principal) } };
}

function trustOf(trustDomain: string, { certificates }: Source['options']) {
  return certificates === 'files'
    ? { file: files.trust }
    : { sds: { secretName: `spiffe://${trustDomain}` } };
}
