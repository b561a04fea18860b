import type { Json } from '../lib/json.ts';
import type { Origin } from '../location.ts';

export type { Json };

interface Named {
  /** Native kind, such as `Cluster` or `VirtualService`; one of the target's `owns`. */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** The places of the spec that the artifact comes from; never empty. */
  readonly origins: readonly Origin[];
}

/** A Kubernetes object. */
export interface ObjectArtifact extends Named {
  readonly type: 'object';
  readonly manifest: Json;
}

/**
 * The origin of a part of a resource. The path is that of a field in a plan (`virtual_hosts[shop/a:http].routes[r/1]`)
 * or its beginning.
 */
export interface PartPlace {
  readonly path: string;
  readonly origin: Origin;
}

/**
 * A resource inside a file. Resources that name the same `path` make that file, sorted by `name`;
 * `${DIR}` and `${VERSION}` in their strings are filled in after digests.
 */
export interface FileArtifact extends Named {
  readonly type: 'file';
  /** Relative, `/`-separated. */
  readonly path: string;
  readonly resource: Json;
  /** Parts with places of their own, for messages about them. */
  readonly places?: readonly PartPlace[];
}

/** A certificate to be bound at the write: `lower` never issues. */
export interface CertificateRequest extends Named {
  readonly type: 'certificate';
  /** SPIFFE ID or DNS name. */
  readonly subject: string;
  readonly profile: 'workload' | 'server';
  /** The form that the target reads: `envoy-sds` is one SDS file with certificate and key inline. */
  readonly form: 'envoy-sds';
  /** Id of the proxy that uses the certificate; names the file. */
  readonly proxy: string;
}

export type Artifact = ObjectArtifact | FileArtifact | CertificateRequest;
