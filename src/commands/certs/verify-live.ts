import type { BrokenRule } from '../../core/identity/rules/broken-rule.ts';
import type { Verified } from '../../core/identity/rules/verified.ts';
import { type VerificationRequest, verifyPresented } from '../../core/identity/rules/verify-presented.ts';
import { UsageError } from '../../core/usage-error.ts';
import type { CertificateReader } from '../../ports/certificate-reader.ts';
import type { HandshakeRequest, TlsProbe } from '../../ports/tls-probe.ts';

/** The server, and the requirements on its certificates. */
export interface LiveRequest extends VerificationRequest, Omit<HandshakeRequest, 'host' | 'port' | 'roots'> {
  /** `host:port`. */
  readonly address: string;
  /** PEM of the roots. */
  readonly bundle?: string;
}

/** Shakes hands with a server and verifies what it shows, once by our rules and once by the TLS library. */
export async function verifyLive(
  { address, bundle, serverName, client, timeout, ...expected }: LiveRequest,
  { tlsProbe, reader }: { readonly tlsProbe: TlsProbe; readonly reader: CertificateReader },
): Promise<Verified> {
  const shown = await tlsProbe.handshake({
    ...hostAndPort(address),
    timeout,
    ...(bundle !== undefined && { roots: bundle }),
    ...(serverName !== undefined && { serverName }),
    ...(client && { client }),
  });
  const refusal: readonly BrokenRule[] =
    shown.refusal === undefined
      ? []
      : [
          {
            rule: 'handshake',
            severity: 'error',
            detail: client
              ? `the server refuses the certificate of the client: ${shown.refusal}`
              : `the server ends the handshake: ${shown.refusal}; --with FILE shows it a certificate`,
          },
        ];
  const certificates = reader.certificates(shown.chain) ?? [];
  if (certificates.length === 0) return { name: address, certificates: 0, broken: refusal };
  const verified = verifyPresented(reader, address, { certificates }, expected);
  const isAccepted = !verified.broken.some(({ severity }) => severity === 'error');
  const unverified: readonly BrokenRule[] =
    shown.unverified === undefined || !isAccepted || expected.roots === undefined
      ? []
      : [
          {
            rule: 'handshake',
            severity: 'error',
            detail: `the TLS library refuses the server's chain: ${shown.unverified}`,
          },
        ];
  return {
    ...verified,
    ...(shown.protocol !== undefined && { protocol: shown.protocol }),
    broken: [...refusal, ...unverified, ...verified.broken],
  };
}

function hostAndPort(address: string): Pick<HandshakeRequest, 'host' | 'port'> {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:\s]+)):(\d{1,5})$/.exec(address);
  const [, v6, name, digits] = match ?? [];
  const host = v6 ?? name;
  const port = Number(digits);
  if (host === undefined || port < 1 || port > 65_535)
    throw new UsageError(`--live ${JSON.stringify(address)} is no address such as 127.0.0.1:15006`);
  return { host, port };
}
