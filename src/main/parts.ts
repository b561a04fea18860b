import packageJson from '../../package.json' with { type: 'json' };
import type { interruption } from '../adapters/interruption.ts';
import type { Options } from '../command-table/invocation.ts';
import type { DeliveringParts, ObservingParts, WatchingParts } from '../commands/delivery/delivery-parts.ts';
import type { LocalRunParts } from '../commands/local-run/local-parts.ts';
import type { ProxyParts } from '../commands/suite/proxies/proxy-parts.ts';
import type { Console } from '../ports/console.ts';

/** Returns the parts that every command answers with. */
export async function answering({ color }: Options<'color'>) {
  const { terminal } = await import('../adapters/terminal.ts');
  const { writeOutput } = await import('../adapters/output-file.ts');
  return { console: terminal(color === false), writeOutput };
}

/** Returns the parts of commands that read a mesh. */
export async function reading(invocation: Options<'color'>) {
  const { openSpecStore } = await import('../adapters/open-spec-store.ts');
  const { platformSha256 } = await import('../adapters/platform-sha256.ts');
  const { computeSha256With } = await import('../core/lib/sha256.ts');
  computeSha256With(platformSha256);
  const { limitHeapGrowth } = await import('../adapters/heap-growth.ts');
  limitHeapGrowth();
  const { certificateReader: reader } = await import('../adapters/certificate-reader.ts');
  return { ...(await answering(invocation)), openSpecStore, reader };
}

/** Returns the parts of commands that issue certificates. */
export async function signing(invocation: Options<'color'>) {
  const { x509Signer: signer } = await import('../adapters/x509-signer.ts');
  const { keyStore } = await import('../adapters/key-store.ts');
  const { systemClock: clock } = await import('../adapters/system-clock.ts');
  return { ...(await reading(invocation)), signer, keyStore, clock };
}

/** Returns the parts of commands that make or sign certification requests, too. */
export async function requesting(invocation: Options<'color'>) {
  const { certificateRequester: requester } = await import('../adapters/certificate-requester.ts');
  const { readNamedFile } = await import('../adapters/named-file.ts');
  return { ...(await signing(invocation)), requester, readNamedFile };
}

const tool = `mesh/${packageJson.version}`;

/**
 * Returns a function that connects to the cluster of a kubeconfig's context, or of the current one. Its requests wait for
 * a silent server as long as `--timeout` says, and meanwhile say so on standard error.
 */
export function clusterOpener(
  invocation: Options<'timeout' | 'quiet'>,
  console: Pick<Console, 'error' | 'liveError'>,
): ObservingParts['openCluster'] {
  return async (context) => {
    const { connectCluster } = await import('../adapters/cluster/connect-cluster.ts');
    const { systemClock: clock } = await import('../adapters/system-clock.ts');
    const { answerLimit, silenceText } = await import('../commands/delivery/answer-limit-option.ts');
    const limit = answerLimit(invocation);
    const cluster = connectCluster(context, {
      ...{ clock, userAgent: tool },
      ...(limit !== undefined && { answerLimit: limit }),
      onSilence: (silence) => {
        // Later a live view may be on the screen, which a line would tear.
        const isShown = console.liveError === undefined || !silence.hasAnswered;
        if (isShown && !invocation.quiet) console.error(silenceText(cluster.description, silence));
      },
    });
    return cluster;
  };
}

/** The options that shape how outputs are looked at. */
type Observing = Options<'color' | 'timeout' | 'quiet'>;

/** Returns the parts of commands that look at outputs. */
export async function observing(invocation: Observing): Promise<ObservingParts> {
  const { systemClock: clock } = await import('../adapters/system-clock.ts');
  const { outputDirectory } = await import('../adapters/output-directory.ts');
  const { readNamedFile } = await import('../adapters/named-file.ts');
  const openDeployment: ObservingParts['openDeployment'] = async (root, repository, folder) => {
    const { deploymentAddress } = await import('../adapters/deployment/deployment-address.ts');
    const { GitDeployment } = await import('../adapters/deployment/git-deployment.ts');
    const { actor } = await import('../adapters/actor.ts');
    return new GitDeployment(await deploymentAddress(root, repository), folder, actor());
  };
  const { gzipBase64: compression } = await import('../adapters/gzip-base64.ts');
  const parts = await reading(invocation);
  const { limitYoungHeap } = await import('../adapters/heap-growth.ts');
  limitYoungHeap();
  return {
    ...parts,
    clock,
    outputDirectory,
    openCluster: clusterOpener(invocation, parts.console),
    openDeployment,
    compression,
    readNamedFile,
    tool,
    ...here(),
  };
}

/** Returns the parts of commands that look at proxies and runs, too. */
export async function watching(
  invocation: Observing,
  signals?: Parameters<typeof interruption>[0],
): Promise<WatchingParts> {
  const { systemEntropy: entropy } = await import('../adapters/system-entropy.ts');
  const { envoyAdmin: admin } = await import('../adapters/envoy-admin.ts');
  const { processes } = await import('../adapters/processes.ts');
  const { interruption } = await import('../adapters/interruption.ts');
  const parts = await observing(invocation);
  return { ...parts, entropy, admin, processes: await processes(), signal: interruption(signals) };
}

/** Returns the parts of commands that run proxies on this machine. */
export async function runningLocally(invocation: Observing): Promise<LocalRunParts> {
  const { machine } = await import('../adapters/machine.ts');
  const { localPrograms } = await import('../adapters/local-programs.ts');
  const { localListeners: listeners } = await import('../adapters/local-listeners.ts');
  const parts = await watching(invocation, ['SIGHUP']);
  return { ...parts, machine, programs: localPrograms(parts.processes), listeners };
}

/** Returns the parts that run the proxies of tests on this machine, and send them requests. */
export async function testingProxies(): Promise<ProxyParts> {
  const { envoyAdmin: admin } = await import('../adapters/envoy-admin.ts');
  const { interruption } = await import('../adapters/interruption.ts');
  const { localPrograms } = await import('../adapters/local-programs.ts');
  const { loopbackNetworks: networks } = await import('../adapters/loopback-networks.ts');
  const { machine } = await import('../adapters/machine.ts');
  const { processes } = await import('../adapters/processes.ts');
  const { requestSender: sender } = await import('../adapters/request-sender.ts');
  const { openScratchFolder } = await import('../adapters/scratch-folder.ts');
  const { systemClock: clock } = await import('../adapters/system-clock.ts');
  const { testApplications: applications } = await import('../adapters/test-applications.ts');
  const { x509Signer: signer } = await import('../adapters/x509-signer.ts');
  const programs = localPrograms(await processes());
  const signal = interruption();
  return {
    clock,
    admin,
    machine,
    networks,
    sender,
    signer,
    applications,
    openScratchFolder,
    programs,
    signal,
  };
}

/** Returns the parts of commands that write to outputs. */
export async function delivering(invocation: Observing): Promise<DeliveringParts> {
  const { actor } = await import('../adapters/actor.ts');
  return { ...(await signing(invocation)), ...(await watching(invocation)), actor: actor() };
}

/** Returns the working directory of the process. */
export function here(): { readonly workingDirectory: string } {
  return { workingDirectory: process.cwd() };
}
