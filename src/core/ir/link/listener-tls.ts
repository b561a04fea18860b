import type { ListenerTls as WrittenTls } from '../../spec/types.gen.ts';
import type { ListenerTls } from '../gateway.ts';
import { originOfWritten } from './spec-place.ts';

/** Returns TLS that ends at a listener, from its document. */
export function listenerTlsOf(tls: WrittenTls, namespace: string): ListenerTls {
  const { certificate, clientCertificates } = tls;
  return {
    origin: originOfWritten({ container: tls }),
    certificate: certificateOf(certificate, namespace),
    minVersion: tls.minVersion ?? '1.2',
    ...(clientCertificates && {
      clientCertificates: {
        ca: caOf(clientCertificates.ca, namespace),
        required: clientCertificates.required ?? true,
      },
    }),
  };
}

/** Returns the file or Secret of certificate authorities; the schema allows exactly one of them. */
export function caOf(
  ca: { readonly file?: string; readonly secret?: string },
  namespace: string,
): { readonly type: 'file' | 'secret'; readonly name: string } {
  return ca.file === undefined
    ? { type: 'secret', name: secretName(ca.secret ?? '', namespace) }
    : { type: 'file', name: ca.file };
}

/** Returns the name of a Secret without the namespace if this is that of the document. */
export function secretName(written: string, namespace: string): string {
  const own = `${namespace}/`;
  return written.startsWith(own) ? written.slice(own.length) : written;
}

function certificateOf(
  { secret, files }: WrittenTls['certificate'],
  namespace: string,
): ListenerTls['certificate'] {
  if (secret !== undefined) return { type: 'secret', name: secretName(secret, namespace) };
  return files === undefined
    ? { type: 'issued' }
    : { type: 'files', certificate: files.certificate, key: files.key };
}
