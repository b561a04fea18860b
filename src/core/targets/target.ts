import type { ArmQuestion, Arms, NoArms } from '../evidence/arms.ts';
import type { Reader } from '../import/reader.ts';
import type { Feature } from '../ir/feature.ts';
import type { Ir } from '../ir/ir.ts';
import type { Principal } from '../ir/principal.ts';
import type { Platform } from '../ir/target-config.ts';
import type { Origin } from '../location.ts';
import type { Acceptance } from './acceptance.ts';
import type { Artifact, ObjectArtifact } from './artifact.ts';
import type { AuthorityFiles, ExportedAuthority } from './authority-files.ts';
import type { Delegate, Delegation } from './delegation.ts';
import type { ObjectDefaults } from './object-defaults.ts';
import type { PodTrust } from './pod-trust.ts';
import type { Proxy } from './proxy.ts';
import type { AskTrust } from './served-trust.ts';

/**
 * The extent to which a target supports a feature. Users read the reason and `callers` (the effect on callers). A
 * partly supported feature is reported at each use or, with `found: 'by limits'`, only at the places that the target's
 * `limits` returns.
 */
export type Capability =
  | 'full'
  | { readonly partial: string; readonly callers: string; readonly found: 'at each use' | 'by limits' }
  | { readonly none: string; readonly callers: string };

/** The capability of a target for every feature. */
export type Capabilities = Readonly<Record<Feature, Capability>>;

/** A way to run a mesh that has other capabilities: Istio's `ambient`. */
export interface Mode {
  readonly title: string;
  /** The options that choose the mode; if absent, the option `mode` with the mode's name. */
  readonly options?: Readonly<Record<string, string>>;
  readonly capabilities: Capabilities;
  /** A note for users: how far the mode was tested, and on which components. */
  readonly note?: string;
}

/** A kind of native object or resource. */
export interface OwnedKind {
  /** Empty for kinds without an API group (files). */
  readonly apiVersion: string;
  readonly kind: string;
}

/** A place at which a target can't support a feature that it supports elsewhere. */
export interface Limit {
  readonly feature: Feature;
  /** The reason, for users. */
  readonly reason: string;
  /** The difference that a caller notices. */
  readonly callers: string;
  readonly origin: Origin;
}

/** One mesh that specs are compiled for. `options` is validated by `optionsSchema` before `lower` sees it. */
export interface Target {
  readonly name: Platform;
  readonly title: string;
  /** Versions that the output is tested against, oldest first; the last is the default. */
  readonly versions: readonly string[];
  /** The capabilities without a mode; see `capabilitiesOf`. */
  readonly capabilities: Capabilities;
  /** Other modes of this mesh, by name. */
  readonly modes?: Readonly<Record<string, Mode>>;
  /** The name of the mode in `capabilities`; if absent, the default of the option `mode`. */
  readonly defaultMode?: string;
  /**
   * Returns the places of this mesh that the target can't support in this version, in addition to the losses by
   * `capabilities`.
   */
  limits?(ir: Ir, context: LowerContext): readonly Limit[];
  /** Notes for users: the target's requirements, and small differences in every mesh. Sentences in Markdown. */
  readonly notes?: readonly string[];
  /** Kinds of objects that an apply may delete. */
  readonly owns: readonly OwnedKind[];
  readonly optionsSchema?: object;
  /** True if trusted certificates are compiled into the output; false if the mesh distributes them itself. */
  readonly writesTrust?: boolean | ((ir: Ir, options: Readonly<Record<string, unknown>>) => boolean);
  /** Returns the way in which the mesh takes certificates from a delegate; absent for a target that takes files. */
  delegation?(delegate: Delegate, options: Readonly<Record<string, unknown>>): Delegation;
  /** Returns true for an artifact that holds trusted certificates and nothing else; absent if the target writes none. */
  readonly isTrust?: (artifact: Artifact) => boolean;
  /** Compiles a mesh. Pure and deterministic; the artifacts may have any order. */
  lower(ir: Ir, context: LowerContext): readonly Artifact[];
  /**
   * Returns the artifacts of `lower` in the same order, in parts that have no file in common: a large mesh is then
   * written part by part and never held in memory as a whole.
   */
  lowerParts?(ir: Ir, context: LowerContext): Iterable<readonly Artifact[]>;
  /** Returns the identity of a principal in the form that this mesh uses. */
  identity(principal: Principal): string;
  /** Loads the reader of the mesh's native configuration (`read/index.ts`); absent for a mesh that can't be imported. */
  readonly reader?: () => Promise<{ readonly default: Reader }>;
  /** The order of a change whose objects are written one by one; if absent: create, then update, then delete. */
  readonly order?: ObjectOrder;
  /** API groups whose controllers write a status on each object, for which an apply waits. */
  readonly statusGroups?: readonly string[];
  /**
   * Returns the workloads that read the trusted roots only when they start, in the order in which they restart after a
   * change of the roots; absent if every proxy takes new roots as it runs.
   */
  readonly restartsForTrust?: (ir: Ir) => readonly RestartedWorkload[];
  /** Returns the defaults of the CRDs of its objects, for places where no API server adds them. */
  readonly defaults?: (options: Readonly<Record<string, unknown>>) => ObjectDefaults;
  /** Absent for a target without intermediate revisions, whose change is one step. */
  readonly between?: Between;
  /** Absent for a target whose proxies can't be asked. */
  readonly acceptance?: Acceptance;
  /** Asks a proxy for the trust that it uses; absent for a target whose proxies can't be asked. */
  readonly askTrust?: AskTrust;
  /** The places at which pods of the mesh show their trust; absent for a mesh without pods, or whose pods show none. */
  readonly podTrust?: PodTrust;
  /** Returns the counters of the arms of a rollout; absent for a target whose proxies count nothing that is known. */
  arms?(ir: Ir, question: ArmQuestion, context: LowerContext): Arms | NoArms;
  /**
   * Returns the files that give the mesh's own authority an issuer, or the reason why the authority doesn't take it;
   * absent for a target whose proxies take certificates from an apply, or that has no authority of its own.
   */
  authorityFiles?(material: ExportedAuthority): AuthorityFiles | { readonly refuses: string };
  /** Proxies that have to be started, for targets that write files. */
  proxies?(ir: Ir): readonly Proxy[];
}

/** Workloads that read the trusted roots only when they start, and the command that restarts them. */
export interface RestartedWorkload {
  readonly name: string;
  readonly command: string;
}

/** An object before and after a change; the field is absent if it doesn't exist then. */
export interface ObjectPair {
  readonly before?: ObjectArtifact;
  readonly after?: ObjectArtifact;
}

/**
 * Returns a function for the wave of each object of a change, from all objects before and after it; lower waves are
 * written first.
 */
export type ObjectOrder = (
  before: readonly ObjectArtifact[],
  after: readonly ObjectArtifact[],
) => (pair: ObjectPair) => number;

/** Makes the files between two revisions, for a target whose proxies read both of them in turn. */
export interface Between {
  /**
   * Returns the artifacts of `sending` that say where requests can go, with those of `receiving` by which requests
   * arrive.
   */
  serving(sending: readonly Artifact[], receiving: readonly Artifact[]): readonly Artifact[];
  /**
   * Returns all artifacts of the first list, and from each other list those that can be added to the lists before it.
   */
  union(first: readonly Artifact[], ...others: readonly (readonly Artifact[])[]): readonly Artifact[];
}

/** The trust that a mesh is compiled with: public certificates only. */
export interface CompiledTrust {
  /** PEM by trust domain. */
  readonly bundles: Readonly<Record<string, string>>;
  /**
   * The `id` of the root that was dropped last because its key was in wrong hands; absent if none was. Connections that
   * were opened while it was trusted have to end.
   */
  readonly distrusted?: string;
}

export interface LowerContext extends Pick<CompiledTrust, 'distrusted'> {
  readonly version: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Trust bundles (PEM) by trust domain, if they are known. */
  readonly trust?: CompiledTrust['bundles'];
}
