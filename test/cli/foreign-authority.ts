import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { authorityExtensions, opensslIssued } from '../adapters/openssl-issued.ts';
import type { Repository } from './repository.ts';

/** The extensions of an issuer of `shop.example`, in OpenSSL's notation. */
export const issuerExtensions = authorityExtensions().map((one) =>
  one.replace('CA:TRUE', 'CA:TRUE,pathlen:0'),
);

/** An authority of somebody else, in a folder where OpenSSL signs requests as their owner would. */
export class ForeignAuthority {
  readonly root;
  readonly folder: string;
  readonly days: number;

  /** An authority below another one has that one's signature instead of its own, and ends a month earlier. */
  constructor(repository: Repository, name = 'their root', above?: ForeignAuthority) {
    this.days = above === undefined ? 400 : above.days - 30;
    this.root = opensslIssued({
      ...{ extensions: authorityExtensions(), subject: `/CN=${name}`, days: this.days },
      ...(above && { signer: above.root }),
    });
    this.folder = path.join(repository.root, '.state', name.replaceAll(' ', '-'));
    mkdirSync(this.folder, { recursive: true });
    this.write('root.pem', this.root.certificate);
    this.write('root.key', this.root.key);
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
