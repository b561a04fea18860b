import type { CertificateReader } from '../../ports/certificate-reader.ts';
import type { CertificateSigner } from '../../ports/certificate-signer.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Cluster } from '../../ports/cluster.ts';
import type { Compression } from '../../ports/compression.ts';
import type { DeploymentRepository } from '../../ports/deployment-repository.ts';
import type { Directory } from '../../ports/directory.ts';
import type { Entropy } from '../../ports/entropy.ts';
import type { KeyStore } from '../../ports/key-store.ts';
import type { Processes } from '../../ports/processes.ts';
import type { ProxyAdmin } from '../../ports/proxy-admin.ts';
import type { OpenSpecStore } from '../../ports/spec-store.ts';
import type { Answering } from '../formats.ts';

/** The parts of the world that commands use to look at outputs. */
export interface ObservingParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
  readonly reader: CertificateReader;
  readonly clock: Clock;
  /** Opens an output directory; a relative path is taken from the root. */
  readonly outputDirectory: (root: string, path: string) => Promise<Directory>;
  /** Connects to the cluster of a kubeconfig's context; throws PortError(15) if there is no such context. */
  readonly openCluster: (context: string | undefined) => Promise<Cluster>;
  /**
   * Opens a deployment repository, by its address or its path from the root, for an output below `folder`; throws
   * PortError(3) or PortError(15) if it can't be used.
   */
  readonly openDeployment: (
    root: string,
    repository: string,
    folder: string,
  ) => Promise<DeploymentRepository>;
  readonly compression: Compression;
  /** Reads the text of a file that the user named; throws PortError(1) if it can't be read. */
  readonly readNamedFile: (file: string) => Promise<string>;
  /** The working directory of the command, absolute. */
  readonly workingDirectory: string;
  /** Tool and version, `mesh/1.2.3`. */
  readonly tool: string;
}

/** The parts of the world that commands also use to observe proxies and runs. */
export interface WatchingParts extends ObservingParts {
  readonly entropy: Entropy;
  readonly admin: ProxyAdmin;
  readonly processes: Processes;
  /** Aborted by a signal; its reason is the exit code of that signal. */
  readonly signal: AbortSignal;
}

/** The parts of the world that commands use to write to outputs. */
export interface DeliveringParts extends WatchingParts {
  readonly signer: CertificateSigner;
  readonly keyStore: (root: string) => KeyStore;
  /** The user who runs the command, `user@host`. */
  readonly actor: string;
}
