import type { Verified } from '../../core/identity/rules/verified.ts';
import { verifyPresented, verifyText } from '../../core/identity/rules/verify-presented.ts';
import { listenerFiles } from '../../core/identity/standings/listener-standings.ts';
import { issuerChain } from '../../core/identity/trust-file.ts';
import { certificateRequests } from '../../core/plan/certificate-actions.ts';
import type { CertificateReader } from '../../ports/certificate-reader.ts';
import type { Surveyed, SurveyedOutput, SurveyingParts } from './survey-certificates.ts';

/** Verifies every certificate of a mesh: authorities, federated roots, certificates of proxies, files of listeners. */
export async function verifyEverything(
  surveyed: Surveyed,
  parts: SurveyingParts,
  now: number,
): Promise<readonly Verified[]> {
  const found = [...verifyTrust(surveyed, parts.reader, now)];
  for (const output of surveyed.outputs) found.push(...(await verifyOutput(surveyed, output, parts, now)));
  return found;
}

function verifyTrust(
  { ir, trust: { trust, bundles } }: Surveyed,
  reader: CertificateReader,
  now: number,
): readonly Verified[] {
  const authorities = [
    ...Object.entries(bundles).map(([domain, pem]) => ({ name: `root of ${domain}`, domain, pem })),
    ...(trust?.issuers ?? []).map((issuer) => ({
      name: `issuer of ${issuer.target}`,
      domain: ir.trustDomain,
      pem: issuerChain(issuer),
    })),
  ];
  return authorities.map(({ name, domain, pem }) =>
    verifyPresented(
      reader,
      name,
      { certificates: reader.certificates(pem) ?? [] },
      { trustDomain: domain, isStrict: true, now },
    ),
  );
}

async function verifyOutput(
  { ir, trust }: Surveyed,
  { target, open }: SurveyedOutput,
  { reader, readNamedFile }: SurveyingParts,
  now: number,
): Promise<readonly Verified[]> {
  const output = await open();
  const observed = await output.observe(`${ir.name}.${ir.environment}.${target}`, []);
  const snapshot = observed.current?.snapshot;
  if (snapshot === undefined) return [];
  const bundle = snapshot.trust?.bundles[ir.trustDomain] ?? trust.bundles[ir.trustDomain] ?? '';
  const roots = reader.certificates(bundle) ?? [];
  const requests = certificateRequests(snapshot.artifacts);
  const texts =
    (await output.material?.read(requests.map(({ proxy }) => proxy))) ?? new Map<string, string>();
  const proxies = requests.flatMap(({ proxy, subject, profile }): Verified | readonly Verified[] => {
    // The trust file has the issuer, which is verified with it.
    if (profile === 'authority') return [];
    const text = texts.get(proxy);
    const expected = { profile, subject, roots, isStrict: true, now };
    return text === undefined
      ? {
          ...{ name: proxy, target, subject, certificates: 0 },
          broken: [{ rule: 'readable', severity: 'error', detail: 'its certificate is not in the output' }],
        }
      : { ...verifyText(reader, proxy, text, expected), target };
  });
  const files: Verified[] = [];
  for (const { certificate, key } of listenerFiles(snapshot.ir, target)) {
    const [text, keyText] = await Promise.all(
      [certificate, key].map((file) => readNamedFile(file).catch(() => undefined)),
    );
    // A file that only the proxy's machine has can't be verified here.
    if (text === undefined) continue;
    const expected = {
      ...{ profile: 'server' as const, roots, isStrict: false, now },
      ...(keyText !== undefined && { key: keyText }),
    };
    files.push({ ...verifyText(reader, certificate, text, expected), target });
  }
  return [...proxies, ...files];
}
