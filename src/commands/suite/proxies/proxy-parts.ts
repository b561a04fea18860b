import type { CertificateSigner } from '../../../ports/certificate-signer.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { LocalPrograms } from '../../../ports/local-programs.ts';
import type { LoopbackNetworks } from '../../../ports/loopback-networks.ts';
import type { Machine } from '../../../ports/machine.ts';
import type { ProxyAdmin } from '../../../ports/proxy-admin.ts';
import type { RequestSender } from '../../../ports/request-sender.ts';
import type { ScratchFolder } from '../../../ports/scratch-folder.ts';
import type { TestApplications } from '../../../ports/test-applications.ts';

/** The parts of the world that tests on Envoys of this machine use. */
export interface ProxyParts {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly admin: ProxyAdmin;
  readonly machine: Pick<Machine, 'envoy'>;
  readonly programs: LocalPrograms;
  readonly signer: CertificateSigner;
  readonly sender: RequestSender;
  readonly networks: LoopbackNetworks;
  readonly applications: () => TestApplications;
  readonly openScratchFolder: () => Promise<ScratchFolder>;
}
