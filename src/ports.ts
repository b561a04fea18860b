import type { FoundEnvoy } from './core/doctor/envoy-check.ts';
import type { FolderState } from './core/doctor/output-check.ts';
import type { ExitCode } from './core/exit-code.ts';
import type { CertificateFacts, PrivateKeyFacts } from './core/identity/certificate-facts.ts';
import type { CertificatePlan } from './core/identity/certificate-profile.ts';
import type { KeyStorage } from './core/ir/certificates.ts';
import type { Form } from './core/lib/printable.ts';
import type { SpecCommit } from './core/plan/spec-change.ts';
import type { SourceSet, UnreadableSource } from './core/source/source.ts';
import type { CertificateRequest } from './core/targets/artifact.ts';

/** What the world outside refused or could not do, in words for people and the exit code of cli.md. */
export class PortError extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PortError';
    this.exitCode = exitCode;
  }
}

/** Time, and waiting for it. */
export interface Clock {
  now(): Date;
  /** Milliseconds that only ever grow, the same for every process since this machine was started; stands while it sleeps. */
  monotonic(): number;
  /** Ends early, without an error, when the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Chance. */
export interface Entropy {
  bytes(count: number): Uint8Array;
}

/** A process, told from every other on its machine. */
export interface ProcessIdentity {
  readonly host: string;
  /** One start of one machine, as far as processes see each other there; absent where that can't be told. */
  readonly machine?: string;
  readonly pid: number;
  /** When it was started, in the machine's own measure: another process may get the same pid later. */
  readonly started?: string;
}

/** The processes of this machine. */
export interface Processes {
  readonly self: ProcessIdentity;
  /** Whether a process surely doesn't run any more; one that can't be seen from here may. */
  isGone(process: ProcessIdentity): Promise<boolean>;
}

/** Something in a folder. */
export interface DirectoryEntry {
  readonly name: string;
  readonly type: 'file' | 'folder' | 'link' | 'other';
}

/** How a file or folder is kept: for its owner alone, or gzip'ed on disk. */
export interface Keeping {
  readonly secret?: boolean;
  readonly compressed?: boolean;
}

/** One output directory; paths are relative to it, and none leads out. A write has reached the disk when its promise resolves. */
export interface Directory {
  /** Absolute, with links resolved. */
  readonly path: string;
  /** Sorted by name; nothing where there is no such folder. */
  entries(folder: string): Promise<readonly DirectoryEntry[]>;
  read(file: string, keeping?: Keeping): Promise<string | undefined>;
  /** Where a symbolic link points, as written. */
  linkTarget(link: string): Promise<string | undefined>;
  /** Who owns a file or link, by name where that is known, and when it was last written. */
  facts(path: string): Promise<{ readonly owner: string; readonly modified: Date } | undefined>;
  /** Makes a whole file that isn't there; false where someone else was faster. */
  createFile(file: string, text: string, keeping?: Keeping): Promise<boolean>;
  /** Adds to the end of a file that is there. */
  appendFile(file: string, text: string): Promise<void>;
  /** Exchanges a whole file by one rename. */
  replaceFile(file: string, text: string, keeping?: Keeping): Promise<void>;
  /** Writes a whole folder; leftovers of that name go first. */
  createFolder(
    folder: string,
    files: readonly { readonly path: string; readonly text: string }[],
    keeping?: Keeping,
  ): Promise<void>;
  /** Makes a folder that isn't there. */
  ensureFolder(folder: string): Promise<void>;
  /** Points a symbolic link at `target` by one rename. */
  pointLink(link: string, target: string): Promise<void>;
  /** Rejects if Git tracks or could track a file of this path, or can't say. */
  refuseTracked(file: string): Promise<void>;
  /** Gives a file another name in the same folder; a file of that name goes. */
  move(file: string, to: string): Promise<void>;
  /** Removes a file, link or folder with all it holds; what isn't there is no error. */
  remove(path: string): Promise<void>;
  /** The same directory, where nothing is exchanged, added to or removed before `permitted` has resolved, right before it. */
  guarded(permitted: () => Promise<void>): Directory;
}

/** A file of a compiled target; a secret one is for its owner alone. */
export interface CompiledFile {
  /** Relative, `/`-separated. */
  readonly path: string;
  readonly text: string;
  /** The folder as proxies see it, with which places in the text are filled in; absent where there are none. */
  readonly seenAs?: string;
  readonly secret?: boolean;
}

/** A symbolic link of a compiled target. */
export interface CompiledLink {
  readonly path: string;
  readonly target: string;
}

/** The folder of one target below `compile --out`. */
export interface CompiledFolder {
  /** Absolute, with links resolved. */
  readonly path: string;
  /** Writes files and links beside the folder, where nobody sees them yet; what fails may be said by a later call. */
  write(files: readonly CompiledFile[], links?: readonly CompiledLink[]): Promise<void>;
  /** Exchanges all that is in the folder for what was written, by one rename; answers what `isAs` takes. */
  publish(): Promise<string>;
  /** Whether nothing in the folder was written, added or removed since `publish` answered this. */
  isAs(stamp: string): boolean;
  /** Removes what was written and not published. */
  discard(): Promise<void>;
}

/** Opens the folder of a target below another; rejects (7) where it holds what no compile of that target wrote. */
export type OpenCompiledFolder = (out: string, target: string) => Promise<CompiledFolder>;

/** What the administration address of a proxy says to a request. */
export type AdminAnswer =
  /** Status 200. */
  | { readonly state: 'answered'; readonly body: string }
  /** Any other status, or an answer that is no HTTP or has no end. */
  | { readonly state: 'unusable'; readonly why: string }
  /** `absent`: nobody listens there. `silent`: somebody does, and does not answer in time. */
  | { readonly state: 'absent' | 'silent' };

/** The administration address of a proxy, on this machine. */
export interface ProxyAdmin {
  /** Sends a GET; `timeout` in milliseconds. Never rejects; an aborted signal ends it as `silent`. */
  get(address: string, path: string, timeout: number, signal?: AbortSignal): Promise<AdminAnswer>;
}

/** A certificate with its key, as the proxy reads it. */
export interface Material {
  /** Id of the proxy that uses it. */
  readonly proxy: string;
  /** The whole file (Envoy: an SDS DiscoveryResponse); holds the private key. */
  readonly text: string;
  /** SHA-256 of the certificate, hexadecimal. */
  readonly fingerprint: string;
  readonly notAfter: Date;
}

/** Signs workload certificates; rejects with a `PortError` of exit code 13 where trust or keys are missing. */
export interface CertificateIssuer {
  issue(requests: readonly CertificateRequest[], now: Date): Promise<readonly Material[]>;
}

/** A text file that may belong to the spec. */
export interface Candidate {
  /** Relative to the root, `/`-separated. */
  readonly file: string;
  /** Bytes, where it can be read. */
  readonly size: number;
  readonly problem?: UnreadableSource['problem'];
  readonly detail?: string;
}

/** Results of earlier runs of this build on one folder, for this user alone, each kept whole; any may be forgotten. */
export interface Memory {
  recall(name: string): Uint8Array | undefined;
  /** Never fails: what can't be kept is not kept. */
  keep(name: string, bytes: Uint8Array): void;
}

/** Where a spec is read from: the working tree, the index, a revision, a remote, standard input. */
export interface SpecStore {
  /** For people: a path, `the index of …`, `… at 1a2b3c4`. */
  readonly description: string;
  /** Every YAML file below the root that Git does not ignore, in order of name; nothing of a file is read. */
  list(): Promise<readonly Candidate[]>;
  /** The bytes of candidates; one that can't be read after all becomes unreadable. */
  read(files: readonly string[]): Promise<SourceSet>;
  /** One file of any kind, such as the trust file; undefined if there is none. Rejects if what is there can't be read. */
  file(path: string): Promise<Uint8Array | undefined>;
  /** Absent where nothing is kept. */
  readonly memory?: Memory;
  /** The commit that is read or checked out, compared byte by byte with what was read; undefined if there is none. */
  commit(): Promise<SpecCommit | undefined>;
  /** Whether that commit is reachable from one of these branches of the upstream; false where none is read. */
  isOn(branches: readonly string[]): Promise<boolean>;
}

/** Which store is meant; none of these: the working tree. `timeout`: milliseconds that the server of `repo` may take. */
export interface StoreChoice {
  readonly root?: string;
  readonly revision?: string;
  readonly staged?: boolean;
  readonly repo?: string;
  readonly standardInput?: boolean;
  readonly timeout?: number;
}

/** A store with the folder that relative paths of the spec are taken from. */
export interface OpenedStore {
  readonly store: SpecStore;
  /** Absolute. */
  readonly root: string;
  /** What the root is called from the top of its Git repository: empty there and without one, else ending in `/`. */
  readonly prefix: () => Promise<string>;
  /** Removes what was fetched. */
  readonly dispose: () => Promise<void>;
}

/** Opens the store that a command's options name; rejects with a `PortError`. */
export type OpenSpecStore = (choice: StoreChoice) => Promise<OpenedStore>;

/** What is installed here, and what folders are like. */
export interface Machine {
  /** Version of Node.js. */
  readonly node: string;
  /** Nothing where there is no Git. */
  git(): Promise<string | undefined>;
  /** The Envoy of ENVOY, of the PATH, or of this tool's cache. */
  envoy(): Promise<FoundEnvoy | undefined>;
  folder(root: string, path: string): Promise<FolderState>;
}

/** Where commands write and how much they may assume of who reads; hostile text is harmless however it is written (`printable`). */
export interface Console {
  /** Data, in the form of its format. */
  out(text: string, form: Form): void;
  /** Data in parts that end with a line; resolves when the last is written, or when the reader has seen enough. */
  outParts(parts: Iterable<string>, form: Form): Promise<void>;
  /** Progress, and diagnostics for people. */
  error(text: string): void;
  readonly outIsTerminal: boolean;
  /** Standard error, where it is a terminal on which lines can be drawn anew. */
  readonly liveError?: NodeJS.WriteStream;
  readonly inputIsTerminal: boolean;
  /** Columns of the terminal, 80 where there is none. */
  readonly columns: number;
  /** Whether the streams may carry colours. */
  readonly outColour: boolean;
  readonly errorColour: boolean;
  /** One line that the person typed, after a question; only where input is a terminal. Nothing where Ctrl-C or the signal ends it. */
  ask(question: string, signal?: AbortSignal): Promise<string | undefined>;
}

/** A signing key: whose, where it is kept, and who can open it there. */
export interface KeyReference {
  readonly trustDomain: string;
  /** `id` of its certificate in the trust file. */
  readonly id: string;
  readonly storage: KeyStorage;
  /** age recipients. */
  readonly recipients: readonly string[];
  /** For people: `root`, `issuer of prod`. */
  readonly what: string;
}

/** A file that this process alone may write until it releases it; what wasn't published leaves nothing behind. */
export interface ClaimedFile {
  /** Writes the whole file at once. Rejects if it no longer holds `before`; undefined: it must not be there. */
  publish(text: string, before: string | undefined): Promise<void>;
  release(): Promise<void>;
}

/** Signing keys at rest; `read` rejects with a `PortError` of exit code 13 that says who has the key, `write` answers where it put one. */
export interface KeyStore {
  /** The text that is kept, which may be anything, and the file that keeps it. */
  read(reference: KeyReference): Promise<{ readonly text: string; readonly place: string }>;
  write(reference: KeyReference, pem: string): Promise<string>;
}

/** A certificate and its private key, both PEM. */
export type KeyPair = Readonly<Record<'certificate' | 'key', string>>;

/** Makes keys and signs certificates; the only one who sees both. */
export interface CertificateSigner {
  sign(plan: CertificatePlan, authority: KeyPair | undefined): Promise<KeyPair>;
}

/** Reads certificates and keys of any origin; nothing here throws, whatever a text holds. */
export interface CertificateReader {
  /** The certificates of a PEM text in their order; undefined if it holds none, anything else, or a garbled one. */
  readonly certificates: (pem: string) => readonly CertificateFacts[] | undefined;
  /** Whether the issuer's name and key are those that signed the certificate. */
  readonly isSignedBy: (certificate: CertificateFacts, issuer: CertificateFacts) => boolean;
  /** The one private key of a PEM text, or why there is none that can be used. */
  readonly privateKey: (pem: string) => PrivateKeyFacts | { readonly problem: string };
}
