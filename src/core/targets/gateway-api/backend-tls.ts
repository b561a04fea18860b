import type { External, ExternalTls } from '../../ir/external.ts';
import type { BackendTLSPolicySpec } from '../gateway-api-objects/gateway-api.gen.ts';

type Validation = BackendTLSPolicySpec['validation'];
type AltName = NonNullable<Validation['subjectAltNames']>[number];

/** The most names of a certificate that a policy takes (`maxItems` of its CRD). */
const mostNames = 5;
const longestUri = 253;
const hostPattern = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const uriPattern = /^[^:/?#]+:\/\/[^/?#]+/;

/**
 * Returns the validation of a BackendTLSPolicy (gateway.networking.k8s.io/v1) for calls to one host of an External, or
 * the part of the TLS that a policy can't express. A Secret with authorities becomes a ConfigMap of the same name, the
 * only kind of which the API demands support: authorities are no secret.
 */
export function backendTls(
  { namespace, hosts: [first] }: Pick<External, 'namespace' | 'hosts'>,
  { sni, subjectAltNames, ca, clientCertificate }: ExternalTls,
  host: string,
):
  | { readonly validation: Validation; readonly problem?: undefined }
  | { readonly validation?: undefined; readonly problem: string } {
  if (clientCertificate !== undefined)
    return { problem: 'a BackendTLSPolicy shows no certificate of the client inside a mesh' };
  if (ca?.type === 'file')
    return {
      problem:
        'a BackendTLSPolicy takes authorities from an object of the cluster, not from a file of the proxy',
    };
  const authorities = ca && nameIn(namespace, ca.name);
  if (ca !== undefined && authorities === undefined)
    return { problem: 'a BackendTLSPolicy takes authorities from its own namespace alone' };
  if (subjectAltNames.length > mostNames)
    return { problem: `a BackendTLSPolicy takes ${mostNames} names of a certificate at most` };
  // By default both names are those of the called host.
  const follows = sni === first && subjectAltNames.length === 1 && subjectAltNames[0] === first;
  const names = (follows ? [host] : subjectAltNames).map(altName);
  const known = names.filter((name) => name !== undefined);
  if (known.length < names.length)
    return { problem: 'a BackendTLSPolicy takes DNS names and URIs as names of a certificate' };
  return {
    validation: {
      hostname: follows ? host : sni,
      subjectAltNames: known,
      ...(authorities === undefined
        ? { wellKnownCACertificates: 'System' }
        : { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: authorities }] }),
    },
  };
}

/** Returns the name of an object that is referred to as NAME or NAMESPACE/NAME; undefined for another namespace. */
function nameIn(namespace: string, reference: string): string | undefined {
  const [first = '', second] = reference.split('/');
  if (second === undefined) return first;
  return first === namespace ? second : undefined;
}

function altName(name: string): AltName | undefined {
  if (hostPattern.test(name)) return { type: 'Hostname', hostname: name };
  return uriPattern.test(name) && name.length <= longestUri ? { type: 'URI', uri: name } : undefined;
}
