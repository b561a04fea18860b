import { canonicalJson } from '../lib/canonical-json.ts';
import type { Json } from '../lib/json.ts';
import { jsonRecord } from '../lib/json-record.ts';
import { type AuthorityMaterial, secretData } from './authority-files.ts';

/** The forms of a Secret in which a mesh's own authority reads its certificate and key. */
export type AuthorityFormName = 'istio-cacerts' | 'linkerd-issuer';

/** The content of the Secret of an authority, all PEM. */
export interface ReadAuthority {
  readonly certificate: string;
  /** The certificate with those between it and its root, and perhaps the root; absent if the Secret has none. */
  readonly chain?: string;
  readonly key: string;
  /** All roots that verifiers trust; absent if the mesh reads them elsewhere. */
  readonly bundle?: string;
}

/** The form of a Secret with the certificate and the key of an authority. */
export interface AuthorityForm {
  /** The `type` of the Secret. */
  readonly type: string;
  /** Returns the files of the Secret. */
  data(material: AuthorityMaterial): Readonly<Record<string, string>>;
  /** Returns the material in the files of a Secret; undefined if a file is missing. */
  read(data: Readonly<Record<string, string>>): ReadAuthority | undefined;
}

/** The Secret `cacerts`, by the names that istiod reads. The bundle keeps the order of the roots. */
const istioCacerts: AuthorityForm = {
  type: 'Opaque',
  data: ({ certificate, intermediates, key, root, bundle }) => ({
    'ca-cert.pem': certificate,
    'ca-key.pem': key,
    'cert-chain.pem': certificate + intermediates + root,
    'root-cert.pem': bundle,
  }),
  read: ({
    'ca-cert.pem': certificate,
    'ca-key.pem': key,
    'cert-chain.pem': chain,
    'root-cert.pem': bundle,
  }) =>
    certificate === undefined || key === undefined || bundle === undefined
      ? undefined
      : { certificate, key, bundle, ...(chain !== undefined && { chain }) },
};

/** The Secret of Linkerd's external authority; Linkerd reads the roots from a ConfigMap. */
const linkerdIssuer: AuthorityForm = {
  type: 'kubernetes.io/tls',
  data: ({ certificate, intermediates, key, root }) => ({
    'tls.crt': certificate + intermediates,
    'tls.key': key,
    'ca.crt': root,
  }),
  read: ({ 'tls.crt': certificate, 'tls.key': key }) =>
    certificate === undefined || key === undefined ? undefined : { certificate, key, chain: certificate },
};

/** Every form of an authority's Secret. */
export const authorityForms: Readonly<Record<AuthorityFormName, AuthorityForm>> = {
  'istio-cacerts': istioCacerts,
  'linkerd-issuer': linkerdIssuer,
};

/** The names of all files in Secrets of authorities. */
export const authorityFileNames: ReadonlySet<string> = new Set(
  Object.values(authorityForms).flatMap((form) =>
    Object.keys(
      form.data({ trustDomain: '', certificate: '', intermediates: '', key: '', root: '', bundle: '' }),
    ),
  ),
);

/** Returns the Secret of an authority. */
export function authoritySecret(
  form: AuthorityForm,
  material: AuthorityMaterial,
  metadata: { readonly name: string; readonly namespace: string },
): Readonly<Record<string, Json>> {
  const data = Object.entries(form.data(material)).map(([name, text]): readonly [string, string] => [
    name,
    secretData(text),
  ]);
  return { apiVersion: 'v1', kind: 'Secret', metadata, type: form.type, data: Object.fromEntries(data) };
}

/** Returns the id by which requests and records name the Secret of an authority: a namespace has no dots. */
export function authorityId(namespace: string, name: string): string {
  return `${namespace}.${name}`;
}

/** Returns the text of the Secret of an authority, whose id is `<namespace>.<name>`; equal material has equal bytes. */
export function authorityText(name: AuthorityFormName, material: AuthorityMaterial, id: string): string {
  const dot = id.indexOf('.');
  const metadata = { namespace: id.slice(0, dot), name: id.slice(dot + 1) };
  return canonicalJson(authoritySecret(authorityForms[name], material, metadata));
}

/** Returns the material in the text of an authority's Secret; undefined if the text has none of these forms. */
export function readAuthority(text: string): ReadAuthority | undefined {
  const secret = jsonRecord(parsed(text));
  if (secret['kind'] !== 'Secret') return undefined;
  const data = Object.fromEntries(
    Object.entries(jsonRecord(secret['data'])).map(([name, value]) => [name, decoded(value)]),
  );
  for (const form of Object.values(authorityForms)) {
    const found = secret['type'] === form.type ? form.read(data) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function decoded(value: Json | undefined): string {
  try {
    return atob(typeof value === 'string' ? value : '');
  } catch {
    return '';
  }
}
