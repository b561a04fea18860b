import type { Json } from '../lib/json.ts';
import type { Origin } from '../location.ts';
import type { AuthorityFormName } from './authority-form.ts';

export type { Json };

interface Named {
  /** The native kind, such as `Cluster` or `VirtualService`: one of the target's `owns`. */
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
 * The origin of a part of a resource. The path is the path of a field in a plan, or its beginning
 * (`virtual_hosts[shop/a:http].routes[r/1]`).
 */
export interface PartPlace {
  readonly path: string;
  readonly origin: Origin;
}

/**
 * A resource inside a file. Resources with the same `path` make up the file, sorted by `name`. `${DIR}` and
 * `${VERSION}` in their strings are replaced after digests are computed.
 */
export interface FileArtifact extends Named {
  readonly type: 'file';
  /** Relative, `/`-separated. */
  readonly path: string;
  readonly resource: Json;
  /** Parts with places of their own, for messages about them. */
  readonly places?: readonly PartPlace[];
}

/** A request for a certificate, which is issued before the write: `lower` never issues one. */
export interface CertificateRequest extends Named {
  readonly type: 'certificate';
  /** SPIFFE ID or DNS name. */
  readonly subject: string;
  /** `authority`: the issuer that the mesh's own authority signs with. */
  readonly profile: 'workload' | 'server' | 'authority';
  /** The form that the target reads: `envoy-sds` is one SDS file with certificate and key inline. */
  readonly form: 'envoy-sds' | AuthorityFormName;
  /** Id of the proxy that uses the certificate; it also names the file. Of an authority: `<namespace>.<Secret>`. */
  readonly proxy: string;
}

export type Artifact = ObjectArtifact | FileArtifact | CertificateRequest;
