import type { Invocation } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { whoNeeds } from '../../core/identity/rotation/who-needs.ts';
import { trustFilePath } from '../../core/identity/trust-file.ts';
import { defaultLeafLife } from '../../core/identity/workload-issuer.ts';
import { UsageError } from '../../core/usage-error.ts';
import { PortError } from '../../ports/port-error.ts';
import type { ProxyAdmin } from '../../ports/proxy-admin.ts';
import type { ServedChain } from '../../ports/served-chain.ts';
import { whoNeedsJson, whoNeedsText } from '../../ui/rotation/who-needs-text.ts';
import { wrapLines } from '../../ui/wrap-lines.ts';
import type { ObservingParts } from '../delivery/delivery-parts.ts';
import { readMeshAlone } from '../delivery/read-outputs.ts';
import { answer, wantedFormats } from '../formats.ts';
import { meshOptions } from '../options.ts';
import { readTrust } from '../read-trust.ts';
import { withStore } from '../with-store.ts';
import { trustEvidence } from './trust-evidence.ts';

/** The parts of the world that asking proxies for their trust needs. */
export interface TrustAskingParts extends ObservingParts {
  readonly admin: ProxyAdmin;
  readonly servedChain: ServedChain;
}

/**
 * Answers `mesh certs status --who-needs ROOT`: every verifier, certificate and issuer that still depends on a root.
 * Exit code 13 if one may; 0 says that the root can go.
 */
export async function whoNeedsRoot(
  named: string,
  invocation: Invocation<'certs status'>,
  parts: TrustAskingParts,
): Promise<ExitCode> {
  if (invocation.directory !== undefined || (invocation.target ?? []).length > 0)
    throw new UsageError('--who-needs asks all targets of the mesh: leave --directory and --target out');
  const other = wantedFormats(invocation).find(({ format }) => format !== 'text' && format !== 'json');
  if (other !== undefined)
    throw new UsageError(`--who-needs answers in text and json, not in ${other.format}`);
  return withStore(parts.openSpecStore, meshOptions(invocation), async (opened): Promise<ExitCode> => {
    const ir = await readMeshAlone(opened.store, invocation, parts);
    if (ir === undefined) return exit.findings;
    const trust = await readTrust(opened.store, ir.trustDomain, parts.reader);
    if (trust === undefined)
      throw new PortError(
        `there is no ${trustFilePath(ir.trustDomain)}: 'mesh certs init' makes it`,
        exit.certificate,
      );
    const root = rootNamed(
      named,
      trust.roots.map(({ id }) => id),
    );
    const gate = whoNeeds(trust, {
      root,
      targets: await trustEvidence(ir, opened.root, trust, parts),
      leafLife: ir.certificates.workload.lifetime ?? defaultLeafLife,
      now: parts.clock.now().getTime(),
    });
    await answer(
      invocation,
      {
        text: (colours, columns) => wrapLines(whoNeedsText(root, gate, colours), columns),
        json: () => whoNeedsJson(trust.trustDomain, root, gate),
      },
      parts,
    );
    return gate.state === 'met' ? exit.success : exit.certificate;
  });
}

/** Returns the id of a root from its beginning; a root that is in no trust file any more needs its whole id. */
function rootNamed(named: string, roots: readonly string[]): string {
  const text = named.toLowerCase().replaceAll(':', '');
  const [first, ...others] = roots.filter((id) => text.length >= 4 && id.startsWith(text));
  if (first !== undefined && others.length === 0) return first;
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new UsageError(
    `${JSON.stringify(named)} names no root: the trust file has ${roots.map((id) => id.slice(0, 16)).join(', ')}`,
  );
}
