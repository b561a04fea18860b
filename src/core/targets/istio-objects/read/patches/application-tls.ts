import { defined } from '../../../../import/defined.ts';
import type { KnownPort } from '../../../../import/inventory.ts';
import type { ReadDocument } from '../../../../import/read-document.ts';
import type { PortTls, ServicePort } from '../../../../spec/types.gen.ts';
import { isHttpPort, type Surroundings } from '../surroundings.ts';
import { fieldsOf, isValue, listOf, messageOf, textOf } from './message.ts';
import type { Patch } from './patch.ts';
import type { PatchBook } from './patch-book.ts';

/** The file of authorities in the images of the mesh's proxies. */
const systemAuthorities = '/etc/ssl/certs/ca-certificates.crt';

/** Reads the TLS that sidecars start with their application: `tls` of the ports of its services. */
export function readApplicationTls(book: PatchBook, { context }: Surroundings): readonly ReadDocument[] {
  return book.all.flatMap((patch): readonly ReadDocument[] => {
    const { scope } = patch;
    const target = targetPort(patch);
    if (target === undefined || !speaksTls(patch)) return [];
    const tls = tlsOf(patch.value);
    if (
      scope.type !== 'pods' ||
      scope.services.length === 0 ||
      scope.partly.length > 0 ||
      tls === undefined
    ) {
      book.refuse(
        patch,
        'the application speaks no TLS in the spec, which has it only with a server name and a checked certificate, at all pods of a service',
      );
      return [];
    }
    const found = scope.services.flatMap((id) => {
      const ports = context.inventory.service(id)?.ports.filter((port) => port.targetPort === target) ?? [];
      return ports.map((port) => ({ id, port }));
    });
    if (found.length === 0 || !found.every(({ port }) => offers(port, tls.protocols))) {
      book.refuse(patch, 'no port of the service is called in this way');
      return [];
    }
    book.carry(patch);
    return found.map(({ id, port }) => documentOf(patch, id, port, tls));
  });
}

/** Returns the port of the application whose calls a patch changes. */
function targetPort({ applyTo, context, match, operation }: Patch): number | undefined {
  const cluster = fieldsOf(fieldsOf(match, ['cluster'])?.['cluster'], ['port_number']);
  const number = cluster?.['port_number'];
  const isInbound = applyTo === 'CLUSTER' && context === 'SIDECAR_INBOUND' && operation === 'MERGE';
  return isInbound && typeof number === 'number' ? number : undefined;
}

function speaksTls({ value }: Patch): boolean {
  return fieldsOf(value, ['transport_socket']) !== undefined;
}

interface ReadTls {
  readonly sni: string;
  readonly names: readonly string[];
  readonly file: string;
  readonly protocols: readonly unknown[];
}

function tlsOf(value: unknown): ReadTls | undefined {
  const socket = fieldsOf(fieldsOf(value, ['transport_socket'])?.['transport_socket'], [
    'name',
    'typed_config',
  ]);
  const message = 'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext';
  const config = messageOf(socket?.['typed_config'], message, ['sni', 'common_tls_context']);
  const common = fieldsOf(config?.['common_tls_context'], [
    'tls_params',
    'alpn_protocols',
    'validation_context',
  ]);
  const sni = textOf(config?.['sni']);
  const checked = checkedNames(common?.['validation_context']);
  const versions = { tls_minimum_protocol_version: 'TLSv1_2', tls_maximum_protocol_version: 'TLSv1_3' };
  if (socket?.['name'] !== 'envoy.transport_sockets.tls' || !isValue(common?.['tls_params'], versions))
    return undefined;
  if (sni === undefined || checked === undefined) return undefined;
  return { sni, ...checked, protocols: listOf(common?.['alpn_protocols'] ?? []) ?? ['?'] };
}

/** Returns the names of which a certificate has to have one, and the file of its authorities. */
function checkedNames(context: unknown): Pick<ReadTls, 'names' | 'file'> | undefined {
  const check = fieldsOf(context, ['trusted_ca', 'match_typed_subject_alt_names']);
  const file = textOf(fieldsOf(check?.['trusted_ca'], ['filename'])?.['filename']);
  const written = listOf(check?.['match_typed_subject_alt_names'])?.map(nameOf) ?? [];
  const names = written.filter((name) => name !== undefined);
  return file === undefined || names.length === 0 || names.length < written.length
    ? undefined
    : { names, file };
}

/** Returns the exact name of a host that a certificate may have. */
function nameOf(value: unknown): string | undefined {
  const fields = fieldsOf(value, ['san_type', 'matcher']);
  return fields?.['san_type'] === 'DNS'
    ? textOf(fieldsOf(fields['matcher'], ['exact'])?.['exact'])
    : undefined;
}

/** Returns true if the protocols that the proxy offers are those of a port. */
function offers(port: KnownPort, protocols: readonly unknown[]): boolean {
  const [own, ...others] = protocols;
  if (!isHttpPort(port)) return own === undefined;
  return others.length === 0 && own === (port.protocol === 'http' ? 'http/1.1' : 'h2');
}

function documentOf({ document }: Patch, id: string, port: KnownPort, tls: ReadTls): ReadDocument {
  const [namespace = '', name = ''] = id.split('/');
  const { sni, names, file } = tls;
  const usual = `${name}.${namespace}.svc.cluster.local`;
  const written: PortTls = defined({
    sni: sni === usual ? undefined : sni,
    subjectAltNames: names.length === 1 && names[0] === sni ? undefined : names,
    ca: file === systemAuthorities ? undefined : { file },
  });
  const ports = { [port.name]: { tls: written } } as unknown as Readonly<Record<string, ServicePort>>;
  return { kind: 'Service', namespace, name, spec: { ports }, from: [document.root], beside: id };
}
