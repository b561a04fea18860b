import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import http2 from 'node:http2';
import path from 'node:path';
import type { Istiod } from './istiod.ts';

/** A certificate of istiod with its chain, leaf first, as PEM. */
export interface Issued {
  readonly chain: readonly string[];
  readonly key: string;
}

/**
 * Asks istiod for a certificate, as the agent beside a proxy does: a request for a key that stays here, and the token of
 * a service account (istio.v1.auth.IstioCertificateService).
 */
export async function askIstiod({ xds }: Istiod, token: string, root: string): Promise<Issued> {
  const folder = mkdtempSync(path.join(root, 'agent-'));
  try {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem'];
    execFileSync('openssl', ['req', '-new', ...curve, '-subj', '/O=proxy', '-out', 'request.pem'], {
      cwd: folder,
      stdio: 'ignore',
    });
    const csr = readFileSync(path.join(folder, 'request.pem'));
    const key = readFileSync(path.join(folder, 'key.pem'), 'utf8');
    const session = http2.connect(`http://${xds.host}:${String(xds.port)}`);
    try {
      const stream = session.request({
        ':method': 'POST',
        ':path': '/istio.v1.auth.IstioCertificateService/CreateCertificate',
        'content-type': 'application/grpc',
        te: 'trailers',
        authorization: `Bearer ${token}`,
        clusterid: 'Kubernetes',
      });
      stream.end(grpcFrame(textField(csr)));
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      let status: unknown;
      let message: unknown;
      const note = (headers: http2.IncomingHttpHeaders): void => {
        status ??= headers['grpc-status'];
        message ??= headers['grpc-message'];
      };
      stream.on('response', note);
      stream.on('trailers', note);
      await once(stream, 'close');
      if (status !== '0') throw new Error(`istiod refuses: ${String(status)} ${String(message)}`);
      return { chain: textsIn(Buffer.concat(chunks).subarray(5)), key };
    } finally {
      session.destroy();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a file of secrets by one switch, as the agent serves them: the certificate of a proxy, and the roots. */
export function writeSecrets(folder: string, { chain, key }: Issued, roots: string): void {
  const type = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret';
  const files = {
    'default.json': {
      name: 'default',
      tls_certificate: {
        certificate_chain: { inline_string: chain.join('') },
        private_key: { inline_string: key },
      },
    },
    'roots.json': { name: 'ROOTCA', validation_context: { trusted_ca: { inline_string: roots } } },
  };
  mkdirSync(folder, { recursive: true });
  for (const [name, secret] of Object.entries(files)) {
    const file = path.join(folder, name);
    writeFileSync(`${file}.new`, JSON.stringify({ resources: [{ '@type': type, ...secret }] }));
    renameSync(`${file}.new`, file);
  }
}

/** Returns field 1 of a message of protobuf. */
function textField(text: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = text.length; ; rest >>= 7) {
    length.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
    if (rest <= 0x7f) break;
  }
  return Buffer.concat([Buffer.from([0x0a, ...length]), text]);
}

function grpcFrame(message: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** Returns the texts of a message whose only field is field 1. */
function textsIn(message: Buffer): readonly string[] {
  const texts: string[] = [];
  for (let at = 0; at < message.length; ) {
    if (message[at] !== 0x0a) throw new Error('istiod answers with another message');
    at += 1;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = message[at] ?? 0;
      at += 1;
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    texts.push(message.subarray(at, at + length).toString('utf8'));
    at += length;
  }
  return texts;
}
