import type { Json } from '../core/lib/json.ts';
import type { Permit } from './permit.ts';

/** A kind of object as an API server serves it. */
export interface ServedKind {
  /** `GROUP/VERSION`, or `v1` of the core group. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Plural name in URLs and in RBAC rules. */
  readonly resource: string;
  readonly namespaced: boolean;
}

/**
 * Metadata of an object in a cluster, as far as deliveries read it; an alias, since an interface is no JSON data to
 * TypeScript.
 */
export type LiveMetadata = {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly managedFields?: readonly ManagedFieldsEntry[];
};

/** Fields that one manager owns (meta/v1 ManagedFieldsEntry). */
export type ManagedFieldsEntry = {
  readonly manager?: string;
  readonly operation?: string;
  readonly apiVersion?: string;
  /** The time when the manager last changed one of these fields (RFC 3339). */
  readonly time?: string;
  readonly subresource?: string;
  readonly fieldsV1?: Json;
};

/** An object of a cluster: raw JSON, whose fields the type leaves open. */
export type LiveObject = { readonly [field: string]: Json | undefined } & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: LiveMetadata;
};

/** The name of an object, with its namespace if its kind has one. */
export interface ObjectName {
  readonly namespace?: string;
  readonly name: string;
}

/** All requested objects, at one version of the cluster. */
export interface ObjectList {
  readonly objects: readonly LiveObject[];
  /** The version that a watch continues from. */
  readonly resourceVersion: string;
}

/** A field that another manager owns with another value. */
export interface FieldConflict {
  readonly manager: string;
  /** Path as the API server writes it: `.spec.http`. */
  readonly field: string;
}

/** The reasons for which an API server refuses to write an object. */
export type Refusal =
  /** No CRD defines the kind. */
  | 'no such kind'
  | 'no such namespace'
  /** The namespace is being deleted. */
  | 'terminating namespace'
  /** The schema, a rule of the CRD or strict field validation refuses a field. */
  | 'invalid'
  | 'too large'
  /** A webhook, a policy or a quota refuses the object. */
  | 'not admitted';

/** The answer to a server-side apply. */
export type ApplyAnswer =
  | {
      readonly state: 'applied';
      readonly object: LiveObject;
      readonly created: boolean;
      readonly warnings: readonly string[];
    }
  /** Other managers own fields with other values; the server wrote nothing. */
  | { readonly state: 'conflict'; readonly conflicts: readonly FieldConflict[] }
  /** The object has another uid or resourceVersion than the request; the server wrote nothing. */
  | { readonly state: 'changed' }
  | { readonly state: 'refused'; readonly refusal: Refusal; readonly why: string }
  /** The caller may not write this kind; a dry run needs the same right. */
  | { readonly state: 'forbidden'; readonly why: string };

/** The settings of a server-side apply. */
export interface ApplySettings {
  /** The field manager, `mesh/<inventory>`. */
  readonly manager: string;
  /** True to take fields from other managers. */
  readonly force?: boolean;
  /** True if the server answers as if it had written, but writes nothing. */
  readonly dryRun?: boolean;
}

/** The objects of a list or a watch; if `namespace` is absent, in all namespaces. */
export interface Selection {
  readonly namespace?: string;
  /** Labels that an object has to have. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Labels that an object must not have; an object without the key is in the answer. */
  readonly without?: Readonly<Record<string, string>>;
  /** True to get only the metadata of each object. */
  readonly metadataOnly?: boolean;
}

/** A rule about the caller's rights (authorization/v1 ResourceRule). */
export interface AccessRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Names of the objects that the rule is about; an empty list: all objects. */
  readonly names: readonly string[];
}

/** A change that a watch reports; a `bookmark` carries only the latest version. */
export interface WatchEvent {
  readonly type: 'added' | 'modified' | 'deleted' | 'bookmark';
  readonly object: LiveObject;
}

/**
 * The API server of a Kubernetes cluster. A request is repeated while the server is overloaded or the connection is
 * lost, if a repetition is harmless. Throws PortError(15), naming verb and resource, if the server can't be reached or
 * refuses access.
 */
export interface Cluster {
  /** The context and the server's address, for messages. */
  readonly description: string;
  /**
   * Returns the same cluster, where each attempt of a write first asks `permit`. Client and server give an attempt up
   * after the milliseconds that `permit` resolves with. A dry run is no write.
   */
  guarded(permit: Permit): Cluster;
  /** Returns undefined if the server serves no such kind. */
  served(apiVersion: string, kind: string): Promise<ServedKind | undefined>;
  /**
   * Returns the kinds of the API groups that `wants` returns true for, but for the core group. A kind that several versions serve
   * is that of the first, where the preferred version of the group comes first.
   */
  kinds(wants: (group: string) => boolean): Promise<readonly ServedKind[]>;
  /** Returns the OpenAPI schemas of a group version by their names (OpenAPI 3), undefined if the server has none. */
  schemas(apiVersion: string): Promise<Readonly<Record<string, Json>> | undefined>;
  /**
   * Returns rules about the caller's rights in a namespace, including rights in the whole cluster; without a namespace,
   * only rules that hold in all namespaces. The list may be incomplete.
   */
  rules(namespace?: string): Promise<readonly AccessRule[]>;
  /**
   * Returns true if the caller has the right, or if the server doesn't tell. Without a namespace the right is about all
   * of them; without a name it is about all objects.
   */
  may(verb: string, kind: ServedKind, namespace?: string, name?: string): Promise<boolean>;
  list(kind: ServedKind, selection?: Selection): Promise<ObjectList>;
  /** Returns undefined if there is no such object. */
  read(kind: ServedKind, name: ObjectName): Promise<LiveObject | undefined>;
  /** Makes a server-side apply with strict field validation. */
  apply(kind: ServedKind, object: Json, settings: ApplySettings): Promise<ApplyAnswer>;
  /** Makes an object; returns undefined if one of that name exists. */
  create(kind: ServedKind, object: LiveObject): Promise<LiveObject | undefined>;
  /** Replaces an object if it still has the resourceVersion of `object`; returns undefined if it changed or is gone. */
  replace(kind: ServedKind, object: LiveObject): Promise<LiveObject | undefined>;
  /** Deletes an object that has this uid (and resourceVersion, if one is given). */
  remove(
    kind: ServedKind,
    name: ObjectName,
    holds: { readonly uid: string; readonly resourceVersion?: string },
  ): Promise<'removed' | 'absent' | 'changed'>;
  /**
   * Yields changes after a resourceVersion, until the signal aborts or the server closes the connection; the last event
   * has the version to continue from. Returns `expired` if the server no longer knows the version: the caller lists
   * again.
   */
  watch(
    kind: ServedKind,
    selection: Selection & { readonly resourceVersion: string },
    signal: AbortSignal,
  ): AsyncGenerator<WatchEvent, 'closed' | 'expired'>;
}
