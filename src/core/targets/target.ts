import type { Ir } from '../ir/ir.ts';
import type { Principal } from '../ir/principal.ts';
import type { Platform } from '../ir/target-config.ts';
import type { Origin } from '../source/location.ts';
import type { Artifact } from './artifact.ts';
import type { Feature } from './feature.ts';

/** How far a target keeps a feature; the reason is what users read. */
export type Capability = 'full' | { readonly partial: string } | { readonly none: string };

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
  /** What users read. */
  readonly reason: string;
  readonly origin: Origin;
}

/** One mesh that specs are compiled for. `options` is validated by `optionsSchema` before `lower` sees it. */
export interface Target {
  readonly name: Platform;
  readonly title: string;
  /** Versions that the output is tested against, oldest first; the last is the default. */
  readonly versions: readonly string[];
  readonly capabilities: Readonly<Record<Feature, Capability>>;
  /** What of this mesh it can't keep in this version, beside what `capabilities` say of every mesh. */
  limits?(ir: Ir, version: string): readonly Limit[];
  /** What prune may delete. */
  readonly owns: readonly OwnedKind[];
  readonly optionsSchema?: object;
  /** Pure and deterministic; in any order. */
  lower(ir: Ir, context: LowerContext): readonly Artifact[];
  /** The identity form that this mesh expects for a principal. */
  identity(principal: Principal): string;
  /** Proxies that have to be started, for targets that write files. */
  proxies?(ir: Ir): readonly Proxy[];
}

export interface LowerContext {
  readonly version: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Trust bundles (PEM) by trust domain, as far as they are known. */
  readonly trust?: Readonly<Record<string, string>>;
}
