import type { Invocation } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { readPresented } from '../../core/identity/presented.ts';
import type { Verified } from '../../core/identity/rules/verified.ts';
import { verifyText } from '../../core/identity/rules/verify-presented.ts';
import { trustFilePath } from '../../core/identity/trust-file.ts';
import { UsageError } from '../../core/usage-error.ts';
import type { CertificateFacts, CertificateReader } from '../../ports/certificate-reader.ts';
import { PortError } from '../../ports/port-error.ts';
import type { TlsProbe } from '../../ports/tls-probe.ts';
import { verifiedJson } from '../../ui/certs/verified-json.ts';
import { verifiedText } from '../../ui/certs/verified-text.ts';
import type { ObservingParts } from '../delivery/delivery-parts.ts';
import { durationOf } from '../delivery/duration-option.ts';
import { answer, wantedFormats } from '../formats.ts';
import { failOn } from '../linked-mesh.ts';
import type { Surveyed } from './survey-certificates.ts';
import { verifyEverything } from './verify-everything.ts';
import { verifyLive } from './verify-live.ts';
import { withMaterialOutputs } from './with-material-outputs.ts';

/** The parts of the world that the command uses. */
export interface CertsVerifyParts extends ObservingParts {
  readonly tlsProbe: TlsProbe;
}

/** Milliseconds that a handshake may take. */
const patience = 10_000;

/**
 * `mesh certs verify [FILES…]`: checks chains, SPIFFE rules and keys of files, of a server, or of everything that the
 * mesh has. Exit code 13 if a certificate breaks a rule.
 */
export async function certsVerify(
  invocation: Invocation<'certs verify'>,
  parts: CertsVerifyParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  const [files] = invocation.arguments;
  const { live = [], roots: rootsFile } = invocation;
  const isNamed = files.length > 0 || live.length > 0;
  if (!isNamed && rootsFile !== undefined) throw new UsageError('--roots verifies files or --live: name one');
  if (rootsFile !== undefined) {
    const bundle = await parts.readNamedFile(rootsFile);
    return verifyNamed(invocation, parts, bundle, undefined);
  }
  return withMaterialOutputs(invocation, parts, async (surveyed): Promise<ExitCode> => {
    const { trustDomain } = surveyed.ir;
    const bundle = surveyed.trust.bundles[trustDomain];
    if (bundle === undefined)
      throw new PortError(
        `there is no ${trustFilePath(trustDomain)}: 'mesh certs init' makes it, and --roots names other roots`,
        exit.certificate,
      );
    return isNamed
      ? verifyNamed(invocation, parts, bundle, surveyed)
      : report(await verifyEverything(surveyed, parts, parts.clock.now().getTime()), invocation, parts);
  });
}

/** Verifies the files and servers that the command names. `surveyed` is absent if `--roots` names the roots. */
async function verifyNamed(
  invocation: Invocation<'certs verify'>,
  parts: CertsVerifyParts,
  bundle: string,
  surveyed: Surveyed | undefined,
): Promise<ExitCode> {
  const { reader, readNamedFile } = parts;
  const { key, subject, serverName, with: client } = invocation;
  const now = parts.clock.now().getTime();
  const roots = rootsOf(reader, bundle, surveyed ? 'the trust file' : (invocation.roots ?? ''));
  const expected = { ...wishOf(subject), roots, isStrict: surveyed === undefined, now };
  const keyText = key === undefined ? undefined : await readNamedFile(key);
  const found: Verified[] = [];
  for (const file of invocation.arguments[0]) {
    const own = { ...expected, ...(keyText !== undefined && { key: keyText }) };
    found.push(verifyText(reader, file, await readNamedFile(file), own));
  }
  const shown = client === undefined ? undefined : await clientOf(reader, client, readNamedFile);
  for (const address of invocation.live ?? []) {
    const live = {
      ...expected,
      ...{ address, bundle, timeout: durationOf(invocation, 'timeout', patience) },
      ...(serverName !== undefined && { serverName }),
      ...(shown && { client: shown }),
    };
    found.push(await verifyLive(live, parts));
  }
  return report(found, invocation, parts);
}

async function report(
  verified: readonly Verified[],
  invocation: Invocation<'certs verify'>,
  parts: CertsVerifyParts,
): Promise<ExitCode> {
  const least = failOn(invocation);
  const fails = ({ broken }: Verified): boolean =>
    broken.some(({ severity }) => severity === 'error' || least !== 'error');
  const shown = invocation.quiet ? verified.filter(fails) : verified;
  await answer(
    invocation,
    {
      text: (colours, columns) =>
        invocation.quiet && shown.length === 0 ? '' : verifiedText(shown, fails, colours, columns),
      json: () => verifiedJson(verified, fails),
    },
    parts,
  );
  return verified.some(fails) ? exit.certificate : exit.success;
}

function wishOf(subject: string | undefined) {
  if (subject === undefined) return {};
  return { subject, profile: subject.startsWith('spiffe://') ? ('workload' as const) : ('server' as const) };
}

function rootsOf(reader: CertificateReader, bundle: string, file: string): readonly CertificateFacts[] {
  const roots = reader.certificates(bundle);
  if (roots === undefined)
    throw new PortError(`${file} holds no certificates in PEM, or something else, too`, exit.certificate);
  return roots;
}

/** Reads the certificate and key that the client shows. */
async function clientOf(
  reader: CertificateReader,
  file: string,
  readNamedFile: ObservingParts['readNamedFile'],
): Promise<{ readonly chain: string; readonly key: string }> {
  const presented = readPresented(reader, await readNamedFile(file));
  if ('problem' in presented || presented.key === undefined)
    throw new UsageError(
      `--with ${file}: ${'problem' in presented ? presented.problem : 'it holds no private key'}; it takes what 'mesh certs issue' writes`,
    );
  return { chain: presented.certificates.map(({ pem }) => `${pem}\n`).join(''), key: presented.key };
}
