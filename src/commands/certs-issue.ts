import type { Invocation, OptionsOf } from '../command-table/invocation.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { trustFilePath } from '../core/identity/trust-file.ts';
import { workloadIssuer } from '../core/identity/workload-issuer.ts';
import type { Ir } from '../core/ir/ir.ts';
import { spiffeId } from '../core/ir/principal.ts';
import { absoluteId } from '../core/spec/absolute-id.ts';
import { UsageError } from '../core/usage-error.ts';
import type { CertificateSigner } from '../ports/certificate-signer.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeyStore } from '../ports/key-store.ts';
import { PortError } from '../ports/port-error.ts';
import type { OpenSpecStore } from '../ports/spec-store.ts';
import {
  type IssueWish,
  type IssuingRequestParts,
  requestWorkload,
  signRequest,
  takeWorkload,
} from './certs/external-issue.ts';
import { wantedFormats } from './formats.ts';
import { linkedMesh } from './linked-mesh.ts';
import { meshOptions } from './options.ts';
import { readTrust } from './read-trust.ts';

/** The parts of the world that the command uses. */
export interface CertsIssueParts extends IssuingRequestParts {
  readonly openSpecStore: OpenSpecStore;
  readonly signer: CertificateSigner;
  readonly keyStore: (root: string) => KeyStore;
  readonly clock: Clock;
}

/**
 * `mesh certs issue SERVICE --out FILE`: signs a workload certificate for a service or gateway and writes it as an SDS
 * file.
 */
export async function certsIssue(
  invocation: Invocation<'certs issue'>,
  parts: CertsIssueParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  const opened = await parts.openSpecStore(meshOptions(invocation));
  const { ir, exitCode } = await linkedMesh(opened.store, invocation, parts.console);
  if (!ir) return exitCode;
  const [name] = invocation.arguments;
  const subject = subjectOf(ir, name);
  const target = targetOf(ir, invocation.target);
  const trust = await readTrust(opened.store, ir.trustDomain, parts.reader);
  if (!trust)
    throw new PortError(
      `there is no ${trustFilePath(ir.trustDomain)}: 'mesh certs init' makes it`,
      exit.certificate,
    );
  const wish: IssueWish = {
    ...{ name, subject, target, trust, ir },
    keys: parts.keyStore(opened.root),
    now: parts.clock.now(),
  };
  return issueBy(wish, invocation, parts);
}

/** Issues by the option that says who signs what. */
async function issueBy(
  wish: IssueWish,
  { csr, certificate, out }: OptionsOf<'certs issue'>,
  parts: CertsIssueParts,
): Promise<ExitCode> {
  if (csr !== undefined) {
    if (certificate !== undefined)
      throw new UsageError('--csr has our issuer sign, --certificate takes what another signed: give one');
    return signRequest(wish, csr, out, parts);
  }
  if (wish.ir.certificates.issuer.keys === 'external')
    return certificate === undefined
      ? requestWorkload(wish, out, parts)
      : takeWorkload(wish, certificate, out, parts);
  if (certificate !== undefined)
    throw new UsageError(
      '--certificate takes what another authority signed: spec.certificates.issuer keeps its keys here',
    );
  return issueHere(wish, out, parts);
}

async function issueHere(
  { name, subject, target, trust, ir, keys, now }: IssueWish,
  out: string | undefined,
  { signer, reader, writeSecret, console }: CertsIssueParts,
): Promise<ExitCode> {
  const issuer = workloadIssuer({ trust, target, certificates: ir.certificates, signer, reader, keys });
  const request = {
    type: 'certificate' as const,
    kind: 'Secret',
    name: name.replace('/', '.'),
    namespace: '',
    origins: [],
    subject,
    profile: 'workload' as const,
    form: 'envoy-sds' as const,
    proxy: name.replace('/', '.'),
  };
  const [material] = await issuer.issue([request], now);
  if (!material) throw new Error('the issuer answered no certificate');
  const file = out ?? `${request.proxy}.sds.json`;
  await writeSecret(file, material.text);
  console.out(
    `${subject}\n  until ${material.notAfter.toISOString()}, SHA-256 ${material.fingerprint}\n  certificate, chain and key are in ${file} (0600)\n`,
    'text',
  );
  return exit.success;
}

function subjectOf(ir: Ir, name: string): string {
  const id = absoluteId(name, 'default');
  const workload = (ir.services[id] ?? ir.gateways[id])?.workload;
  if (!workload)
    throw new UsageError(`the mesh has no service or gateway ${JSON.stringify(name)}: write namespace/name`);
  return spiffeId(workload.principal);
}

function targetOf(ir: Ir, named: string | undefined): string {
  const targets = Object.keys(ir.targets);
  if (named === undefined && targets.length === 1) return targets[0] ?? '';
  if (named !== undefined && targets.includes(named)) return named;
  throw new UsageError(`--target has to name whose issuer signs: one of ${targets.join(', ')}`);
}
