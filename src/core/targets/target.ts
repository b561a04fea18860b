import type { Feature } from '../ir/feature.ts';
import type { Ir } from '../ir/ir.ts';
import type { Principal } from '../ir/principal.ts';
import type { Platform } from '../ir/target-config.ts';
import type { Origin } from '../location.ts';
import type { Acceptance } from './acceptance.ts';
import type { Artifact, ObjectArtifact } from './artifact.ts';
import type { ObjectDefaults } from './object-defaults.ts';

/**
 * The extent to which a target keeps a feature; users read the reason and `callers` (what a caller would notice). A
 * feature kept in part is a loss at each use, or, `found: 'by limits'`, only at those that the target's `limits` finds.
 */
export type Capability =
  | 'full'
  | { readonly partial: string; readonly callers: string; readonly found: 'at each use' | 'by limits' }
  | { readonly none: string; readonly callers: string };

/** The capability of a target for every feature. */
export type Capabilities = Readonly<Record<Feature, Capability>>;

/** A way to run a mesh that keeps features in another measure: Istio's `ambient`. */
export interface Mode {
  readonly title: string;
  /** The options that choose it; absent: the option `mode` with its name. */
  readonly options?: Readonly<Record<string, string>>;
  readonly capabilities: Capabilities;
  /** A note for users: how far the mode was tried, and on which components. */
  readonly note?: string;
}

/** A kind of native object or resource. */
export interface OwnedKind {
  /** Empty for what has none (files). */
  readonly apiVersion: string;
  readonly kind: string;
}

/** A proxy that reads the target's files, and how to reach and start it. */
export interface Proxy {
  readonly id: string;
  /** `namespace/name` of its service or gateway. */
  readonly service: string;
  readonly version: string;
  readonly instance: number;
  /** Path of its bootstrap, as written to the directory. */
  readonly bootstrap: string;
  /** Path of its working directory. */
  readonly workingDirectory: string;
  readonly arguments: readonly string[];
  readonly admin: string;
  readonly inbound: Readonly<Record<string, string>>;
  readonly outbound: string;
}

/** A place where a target can't keep a feature that it keeps elsewhere. */
export interface Limit {
  readonly feature: Feature;
  /** The reason, for users. */
  readonly reason: string;
  /** The difference that a caller would notice. */
  readonly callers: string;
  readonly origin: Origin;
}

/** One mesh that specs are compiled for. `options` is validated by `optionsSchema` before `lower` sees it. */
export interface Target {
  readonly name: Platform;
  readonly title: string;
  /** Versions that the output is tested against, oldest first; the last is the default. */
  readonly versions: readonly string[];
  /** Without a mode; see `capabilitiesOf`. */
  readonly capabilities: Capabilities;
  /** Other ways to run this mesh, by name. */
  readonly modes?: Readonly<Record<string, Mode>>;
  /** Name of the way without any of them; absent: the default of the option `mode`. */
  readonly defaultMode?: string;
  /** Returns the parts of this mesh that the target can't keep in this version, beside the losses by `capabilities`. */
  limits?(ir: Ir, context: LowerContext): readonly Limit[];
  /**
   * Notes for users: the target's requirements, and places at which any mesh is a little less exact. Sentences in
   * Markdown.
   */
  readonly notes?: readonly string[];
  /** Kinds that prune may delete. */
  readonly owns: readonly OwnedKind[];
  readonly optionsSchema?: object;
  /** True if trusted certificates are compiled into the output; the mesh itself knows them otherwise. */
  readonly writesTrust?: boolean;
  /** Pure and deterministic; in any order. */
  lower(ir: Ir, context: LowerContext): readonly Artifact[];
  /**
   * Returns the artifacts of `lower`, in its order, in parts of which no two make the same file: a large mesh is
   * written part by part and never held whole.
   */
  lowerParts?(ir: Ir, context: LowerContext): Iterable<readonly Artifact[]>;
  /** The identity form that this mesh expects for a principal. */
  identity(principal: Principal): string;
  /** Order of a change whose objects are written one by one; absent: what is new, what differs, what goes. */
  readonly order?: ObjectOrder;
  /** Returns the defaults of the CRDs of its objects, for places without an API server that fills them in. */
  readonly defaults?: (options: Readonly<Record<string, unknown>>) => ObjectDefaults;
  /** Absent for a target that has no way between two revisions: a change is one step. */
  readonly between?: Between;
  /** Absent for a target whose proxies nobody can ask. */
  readonly acceptance?: Acceptance;
  /** Proxies that have to be started, for targets that write files. */
  proxies?(ir: Ir): readonly Proxy[];
}

/** An object before and after a change; absent is not there. */
export interface ObjectPair {
  readonly before?: ObjectArtifact;
  readonly after?: ObjectArtifact;
}

/**
 * Returns the wave of each object of a change, given all objects before and after: what has a lower number is written
 * before.
 */
export type ObjectOrder = (
  before: readonly ObjectArtifact[],
  after: readonly ObjectArtifact[],
) => (pair: ObjectPair) => number;

/** Makes the files between two revisions of a target whose proxies read both one after the other. */
export interface Between {
  /** The artifacts of `sending` that say where requests can go, with those of `receiving` by which requests come in. */
  serving(sending: readonly Artifact[], receiving: readonly Artifact[]): readonly Artifact[];
  /** All artifacts of the first list, and of each other list those that can stand beside the lists before it. */
  union(first: readonly Artifact[], ...others: readonly (readonly Artifact[])[]): readonly Artifact[];
}

export interface LowerContext {
  readonly version: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Trust bundles (PEM) by trust domain, as far as they are known. */
  readonly trust?: Readonly<Record<string, string>>;
}
