import type { Invocation } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { type CertificateStanding, needsCare } from '../../core/identity/standings/certificate-standing.ts';
import { trustFilePath } from '../../core/identity/trust-file.ts';
import { PortError } from '../../ports/port-error.ts';
import { certificatesJson } from '../../ui/certs/certificates-json.ts';
import { certificatesJunit } from '../../ui/certs/certificates-junit.ts';
import { certificatesPrometheus } from '../../ui/certs/certificates-prometheus.ts';
import { certificatesText } from '../../ui/certs/certificates-text.ts';
import { durationOf } from '../delivery/duration-option.ts';
import { answer, wantedFormats } from '../formats.ts';
import { failOn } from '../linked-mesh.ts';
import { type TrustAskingParts, whoNeedsRoot } from '../rotation/who-needs-root.ts';
import { surveyCertificates } from './survey-certificates.ts';
import { withMaterialOutputs } from './with-material-outputs.ts';

/**
 * `mesh certs status`: lists every certificate of the mesh with its remaining life, chain and trust. Exit code 13 if
 * one is refused, has ended or is inside the threshold.
 */
export async function certsStatus(
  invocation: Invocation<'certs status'>,
  parts: TrustAskingParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  if (invocation.whoNeeds !== undefined) return whoNeedsRoot(invocation.whoNeeds, invocation, parts);
  const minValidity = durationOf(invocation, 'minValidity', 0);
  return withMaterialOutputs(invocation, parts, async (surveyed): Promise<ExitCode> => {
    const { trustDomain } = surveyed.ir;
    if (surveyed.trust.bundles[trustDomain] === undefined)
      throw new PortError(
        `there is no ${trustFilePath(trustDomain)}: 'mesh certs init' makes it`,
        exit.certificate,
      );
    const now = parts.clock.now().getTime();
    const certificates = await surveyCertificates(surveyed, parts, { now, minValidity });
    const fails = (one: CertificateStanding): boolean =>
      needsCare(one) || (one.state === 'due' && failOn(invocation) !== 'error');
    const list = { trustDomain, now, certificates, fails };
    const shown = invocation.quiet ? { ...list, certificates: certificates.filter(fails) } : list;
    await answer(
      invocation,
      {
        text: (colours, columns) =>
          invocation.quiet && shown.certificates.length === 0
            ? ''
            : certificatesText(shown, colours, columns),
        json: () => certificatesJson(list),
        junit: () => certificatesJunit(list),
        prometheus: () => certificatesPrometheus(list),
      },
      parts,
    );
    if (certificates.some(({ kind, state }) => kind === 'workload' && state === 'unseen'))
      return exit.unreachable;
    return certificates.some(fails) ? exit.certificate : exit.success;
  });
}
