import type { Documents, Kind } from '../spec/spec.ts';
import type { Field } from './field.ts';

/** Kinds that a reader writes; the Mesh is written by the import itself. */
export type ReadKind = Exclude<Kind, 'Mesh' | 'Rollout' | 'Guardrail'>;

/**
 * A document of the mesh language that a reader made of native configuration. Two documents of one kind, namespace and
 * name are merged: maps by key, all else is replaced by the later one. A reader adds settings to a service that the Kubernetes
 * manifests give by a Service with these settings alone.
 */
export type ReadDocument = {
  readonly [K in ReadKind]: {
    readonly kind: K;
    /** A DNS label; empty for a Profile. */
    readonly namespace: string;
    /** A DNS label, see `dnsLabel`. */
    readonly name: string;
    readonly spec: Partial<Documents[K]['spec']>;
    /** Native fields or objects that the document says the same as; comments name their places. */
    readonly from: readonly Field[];
    /** The service (`namespace/name`) whose file the document goes into; absent for a file of its own. */
    readonly beside?: string;
  };
}[ReadKind];
