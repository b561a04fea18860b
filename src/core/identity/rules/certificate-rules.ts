import type { CertificateFacts } from '../../../ports/certificate-reader.ts';
import { validityFault } from '../check-chain.ts';
import type { Breaks } from './broken-rule.ts';
import { forgeableSignatures } from './object-identifiers.ts';

const leastRsaBits = 2048;
const strongCurves = new Set(['P-256', 'P-384', 'P-521']);

/** The circumstances of a certificate. */
export interface CertificateCircumstances {
  /** ms since the epoch. */
  readonly now: number;
  /** True if the certificate signs itself: verifiers don't check the signature of a root. */
  readonly isRoot: boolean;
}

/** Checks what holds for a certificate of any profile: dates, key, signature, serial number (RFC 5280, section 4.1.2). */
export function checkCertificate(
  certificate: CertificateFacts,
  { now, isRoot }: CertificateCircumstances,
  breaks: Breaks,
): void {
  const fault = validityFault(certificate, 'it', now);
  if (fault) breaks(fault.state === 'early' ? 'not-yet-valid' : 'expired', fault.detail);
  checkKey(certificate, breaks);
  if (!isRoot && forgeableSignatures.has(certificate.signatureAlgorithm))
    breaks('weak-signature', 'its signature uses a digest that can be forged (MD5 or SHA-1)');
  checkSerial(certificate, breaks);
}

function checkKey({ keyType }: CertificateFacts, breaks: Breaks): void {
  const [type, detail = ''] = keyType.split(' ');
  if (type === 'RSA' && Number(detail) < leastRsaBits)
    breaks('weak-key', `its RSA key has ${detail} bits, and needs ${String(leastRsaBits)}`);
  else if (type === 'ECDSA' && !strongCurves.has(detail))
    breaks('weak-key', `the curve ${detail} of its key is none of P-256, P-384 and P-521`);
  else if (type !== 'RSA' && type !== 'ECDSA')
    breaks('key-type', `its key is of the type ${keyType}, which most meshes refuse`, 'warning');
}

function checkSerial({ serial }: CertificateFacts, breaks: Breaks): void {
  const digits = serial.replace(/^0+/, '');
  if (serial.startsWith('-') || digits === '')
    breaks('serial', `its serial number ${serial} is not positive`, 'warning');
  else if (digits.length > 40) breaks('serial', 'its serial number has more than 20 octets', 'warning');
  else if (digits.length <= 8)
    breaks('serial', `its serial number ${serial} is not random: 64 random bits are needed`, 'warning');
}
