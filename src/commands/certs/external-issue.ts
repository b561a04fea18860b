import { type ExitCode, exit } from '../../core/exit-code.ts';
import { certificatePlan } from '../../core/identity/certificate-profile.ts';
import { pendingWorkloadKey } from '../../core/identity/external/pending-keys.ts';
import { checkCertificates } from '../../core/identity/rules/check-certificates.ts';
import { signingAuthority } from '../../core/identity/signing-authority.ts';
import { issuerKey } from '../../core/identity/signing-keys.ts';
import { issuerChain, signingIssuer, type Trust, trustBundle } from '../../core/identity/trust-file.ts';
import { defaultLeafLife } from '../../core/identity/workload-issuer.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { absoluteId } from '../../core/spec/absolute-id.ts';
import { materialForms } from '../../core/targets/material-form.ts';
import { UsageError } from '../../core/usage-error.ts';
import type { CertificateFacts, CertificateReader } from '../../ports/certificate-reader.ts';
import type { CertificateRequester } from '../../ports/certificate-requester.ts';
import type { CertificatePlan } from '../../ports/certificate-signer.ts';
import type { Console } from '../../ports/console.ts';
import type { KeyStore } from '../../ports/key-store.ts';
import { PortError } from '../../ports/port-error.ts';
import type { Answering } from '../formats.ts';

/** The parts of the world that requests of workloads need. */
export interface IssuingRequestParts extends Answering {
  readonly console: Console;
  readonly reader: CertificateReader;
  readonly requester: CertificateRequester;
  /** Reads the text of a file that the user named; throws PortError(1) if it can't be read. */
  readonly readNamedFile: (file: string) => Promise<string>;
  /** Writes a new file that only its owner may read; throws if the file exists or if Git would track it. */
  readonly writeSecret: (file: string, text: string) => Promise<void>;
}

/** The wish for a certificate of a service or gateway. */
export interface IssueWish {
  /** `namespace/name`, as typed. */
  readonly name: string;
  /** The SPIFFE ID. */
  readonly subject: string;
  readonly target: string;
  readonly trust: Trust;
  readonly ir: Pick<Ir, 'certificates'>;
  readonly keys: KeyStore;
  readonly now: Date;
}

/** Writes a request for a certificate that an external issuer signs; its key waits in the user's state folder. */
export async function requestWorkload(
  wish: IssueWish,
  out: string | undefined,
  { requester, writeOutput, console }: IssuingRequestParts,
): Promise<ExitCode> {
  const { name, subject, trust, keys } = wish;
  const { request, key } = await requester.request(planOf(wish));
  const pending = pendingWorkloadKey(trust.trustDomain, fileName(name));
  await keys.remove(pending);
  const place = await keys.write(pending, key);
  const file = out ?? `${fileName(name)}.csr`;
  await writeOutput(file, request, 'text');
  console.out(
    `${subject}\n  the request is in ${file}, and its key waits in ${place} (0600)\n  have the issuer sign it, then: mesh certs issue ${name} --certificate FILE\n`,
    'text',
  );
  return exit.success;
}

/** Takes the certificate that an external issuer signed for our request, and writes it with its key. */
export async function takeWorkload(
  wish: IssueWish,
  signed: string,
  out: string | undefined,
  { reader, readNamedFile, writeSecret, console }: IssuingRequestParts,
): Promise<ExitCode> {
  const { name, subject, trust, keys, target } = wish;
  const pending = pendingWorkloadKey(trust.trustDomain, fileName(name));
  const { text: kept } = await keys.read(pending);
  const key = reader.privateKey(kept);
  if ('problem' in key)
    throw new PortError(`the key of the request of ${name} can't be used: ${key.problem}`, exit.certificate);
  const given = reader.certificates(await readNamedFile(signed)) ?? [];
  const issuer = signingIssuer(trust, target);
  const own = reader.certificates(issuer ? issuerChain(issuer) : '') ?? [];
  const leaf = given.find(({ publicKey }) => publicKey === key.publicKey);
  if (leaf === undefined)
    throw new PortError(
      `${signed} holds no certificate for the key of the request of ${name}`,
      exit.certificate,
    );
  const others = [...given.filter((one) => one !== leaf), ...own];
  const chain = [leaf, ...unique(others).filter((one) => !reader.isSignedBy(one, one))];
  refuseBroken(wish, signed, chain, key.pem, reader);
  const text = chain.map(({ pem }) => `${pem.trim()}\n`).join('');
  const file = out ?? `${fileName(name)}.sds.json`;
  await writeSecret(file, materialForms['envoy-sds'].write({ chain: text, key: key.pem }, leaf.fingerprint));
  await keys.remove(pending);
  console.out(
    `${subject}\n  until ${new Date(leaf.notAfter).toISOString()}, SHA-256 ${leaf.fingerprint}\n  certificate, chain and key are in ${file} (0600)\n`,
    'text',
  );
  return exit.success;
}

/** Signs the key of a request with our issuer and writes the chain, leaf first. */
export async function signRequest(
  wish: IssueWish,
  file: string,
  out: string | undefined,
  parts: IssuingRequestParts,
): Promise<ExitCode> {
  const { requester, reader, writeOutput, console } = parts;
  const { name, subject, target, trust, ir, keys, now } = wish;
  const request = await parts.readNamedFile(file);
  const facts = await requester.read(request);
  if ('problem' in facts) throw new UsageError(`--csr ${file}: ${facts.problem}`);
  const other = facts.uris.find((uri) => uri !== subject);
  if (other !== undefined)
    throw new UsageError(`--csr ${file} asks for ${other}, and ${name} is ${subject}: name its service`);
  const issuer = signingIssuer(trust, target);
  if (issuer === undefined)
    throw new PortError(
      `the trust file has no issuer for ${target}: 'mesh certs init' makes it`,
      exit.certificate,
    );
  const reference = issuerKey(ir.certificates, trust.trustDomain, issuer);
  const authority = await signingAuthority(issuer.certificate, reference, keys, reader);
  const [signer] = reader.certificates(issuer.certificate) ?? [];
  const plan = planOf(wish, signer?.notAfter);
  const certificate = await requester.signRequest(request, plan, authority);
  const chain = `${certificate}${issuerChain(issuer)}`;
  refuseBroken(wish, file, reader.certificates(chain) ?? [], undefined, reader);
  const written = out ?? `${fileName(name)}.pem`;
  await writeOutput(written, chain, 'text');
  console.out(
    `${subject}\n  until ${new Date(plan.notAfter).toISOString()}, signed ${now.toISOString()} by the issuer of ${target}\n  certificate and chain are in ${written}\n`,
    'text',
  );
  return exit.success;
}

function planOf({ subject, trust, ir, now }: IssueWish, issuerNotAfter?: number): CertificatePlan {
  return certificatePlan(
    {
      profile: 'workload',
      subject,
      trustDomain: trust.trustDomain,
      lifetime: ir.certificates.workload.lifetime ?? defaultLeafLife,
      ...(issuerNotAfter !== undefined && { issuerNotAfter }),
    },
    now.getTime(),
  );
}

function refuseBroken(
  { subject, trust, now }: IssueWish,
  file: string,
  certificates: readonly CertificateFacts[],
  key: string | undefined,
  reader: CertificateReader,
): void {
  const [broken] = checkCertificates(reader, {
    certificates,
    roots: reader.certificates(trustBundle(trust)) ?? [],
    now: now.getTime(),
    expected: { profile: 'workload', subject, trustDomain: trust.trustDomain },
    ...(key !== undefined && { key }),
  });
  if (broken?.severity !== 'error') return;
  throw new PortError(
    `the certificate of ${file} breaks the rule ${broken.rule}: ${broken.detail}; nothing was written`,
    exit.certificate,
  );
}

function unique(certificates: readonly CertificateFacts[]): readonly CertificateFacts[] {
  return [...new Map(certificates.map((one) => [one.fingerprint, one])).values()];
}

function fileName(name: string): string {
  return absoluteId(name, 'default').replace('/', '.');
}
