import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { authorityExtensions, opensslIssued } from '../adapters/openssl-issued.ts';

/** The extensions of an issuer of a trust domain, in OpenSSL's notation. */
const extensionsOf = (domain: string): readonly string[] =>
  authorityExtensions(domain).map((one) => one.replace('CA:TRUE', 'CA:TRUE,pathlen:0'));

export const issuerExtensions = extensionsOf('shop.example');

/** An authority of somebody else, in a folder where OpenSSL signs requests as their owner would. */
export class ForeignAuthority {
  readonly root;
  readonly folder: string;
  readonly days: number;
  readonly domain: string;

  /** An authority below another one has that one's signature instead of its own, and ends a month earlier. */
  constructor(
    repository: { readonly root: string },
    name = 'their root',
    above?: ForeignAuthority,
    domain = 'shop.example',
  ) {
    this.domain = domain;
    this.days = above === undefined ? 400 : above.days - 30;
    this.root = opensslIssued({
      ...{ extensions: authorityExtensions(domain), subject: `/CN=${name}`, days: this.days },
      ...(above && { signer: above.root }),
    });
    this.folder = path.join(repository.root, '.state', name.replaceAll(' ', '-'));
    mkdirSync(this.folder, { recursive: true });
    this.write('root.pem', this.root.certificate);
    this.write('root.key', this.root.key);
  }

  /** Signs a request as an authority of the trust domain; returns the certificate. */
  signIssuer(request: string): string {
    return this.sign(request, extensionsOf(this.domain));
  }

  /** Signs a request with extensions of OpenSSL's notation; returns the certificate. */
  sign(request: string, extensions: readonly string[] = issuerExtensions, days = 90): string {
    this.write('ext', `${extensions.join('\n')}\n`);
    return execFileSync(
      'openssl',
      [
        ...['x509', '-req', '-in', request, '-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial'],
        ...['-days', String(days), '-sha256', '-extfile', 'ext'],
      ],
      { cwd: this.folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
  }

  private write(name: string, text: string): void {
    writeFileSync(path.join(this.folder, name), text);
  }
}
