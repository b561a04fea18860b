import type { ListenerTls as WrittenTls } from '../../spec/types.gen.ts';
import type { ListenerTls } from '../gateway.ts';
import { originOfWritten } from './spec-place.ts';

/** Returns TLS that ends at a listener, from its document. */
export function listenerTlsOf(tls: WrittenTls): ListenerTls {
  const { certificate, clientCertificates } = tls;
  return {
    origin: originOfWritten({ container: tls }),
    certificate: certificateOf(certificate),
    minVersion: tls.minVersion ?? '1.2',
    ...(clientCertificates && {
      clientCertificates: { ca: caOf(clientCertificates.ca), required: clientCertificates.required ?? true },
    }),
  };
}

/** Returns the file or Secret of certificate authorities; the schema allows exactly one of them. */
export function caOf(ca: { readonly file?: string; readonly secret?: string }): {
  readonly type: 'file' | 'secret';
  readonly name: string;
} {
  return ca.file === undefined ? { type: 'secret', name: ca.secret ?? '' } : { type: 'file', name: ca.file };
}

function certificateOf({ secret, files }: WrittenTls['certificate']): ListenerTls['certificate'] {
  if (secret !== undefined) return { type: 'secret', name: secret };
  return files === undefined
    ? { type: 'issued' }
    : { type: 'files', certificate: files.certificate, key: files.key };
}
