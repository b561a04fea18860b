import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import { isToken } from '../../../import/written-values.ts';
import { absoluteId } from '../../../spec/absolute-id.ts';
import type { Issuer, Jwks, TokenLocation } from '../../../spec/types.gen.ts';
import type { Surroundings } from './surroundings.ts';
import { readScope } from './workload-scope.ts';

/** Reads a RequestAuthentication; a request without a token passes, as in the language. */
export function readRequestAuthentication(
  document: NativeDocument,
  surroundings: Surroundings,
): readonly ReadDocument[] {
  const { root } = document;
  const namespace = surroundings.context.namespaceOf(document);
  readHeader(document);
  const spec = root.at('spec');
  const scope = readScope(spec, namespace, surroundings, undefined);
  const issuers = readIssuers(spec.at('jwtRules'), surroundings);
  const services = scope.services.map((id) => short(id, namespace));
  const gateways = scope.gateways.map(({ id }) => short(id, namespace));
  if (services.length + gateways.length === 0 || Object.keys(issuers).length === 0) {
    if (services.length + gateways.length === 0 && !spec.at('selector').isPresent)
      spec
        .at('jwtRules')
        .lost({ callers: 'no Service of this namespace is among the input, so tokens are not checked' });
    return [];
  }
  for (const key of [...scope.services, ...scope.gateways.map(({ id }) => `gateway ${id}`)]) {
    const known = surroundings.tokens.get(key);
    surroundings.tokens.set(key, {
      issuers: new Set([...(known?.issuers ?? []), ...Object.keys(issuers)]),
      places: [...(known?.places ?? []), ...Object.values(issuers).flatMap(({ from }) => from ?? usual)],
    });
  }
  return [
    {
      kind: 'Authentication',
      namespace,
      name: dnsLabel(document.name) ?? 'authentication',
      spec: {
        ...(services.length > 0 ? { services } : {}),
        ...(gateways.length > 0 ? { gateways } : {}),
        issuers,
      },
      from: [root],
      ...(scope.services.length === 1 && scope.services[0] !== undefined
        ? { beside: scope.services[0] }
        : {}),
    },
  ];
}

/** The place of tokens where an issuer names none. */
const usual: readonly TokenLocation[] = [{ header: 'authorization', prefix: 'Bearer ' }];

/** Returns Authentications of which those of some services and gateways require a token: a DENY refuses requests without one. */
export function withRequiredTokens(
  documents: readonly ReadDocument[],
  { required }: Surroundings,
): readonly ReadDocument[] {
  return documents.flatMap((document): readonly ReadDocument[] => {
    if (document.kind !== 'Authentication') return [document];
    const { namespace, name, spec } = document;
    const isRequired = (id: string, kind: string): boolean =>
      required.has(`${kind}${absoluteId(id, namespace)}`);
    const parts = [true, false].map((wanted) => ({
      services: spec.services?.filter((id) => isRequired(id, '') === wanted) ?? [],
      gateways: spec.gateways?.filter((id) => isRequired(id, 'gateway ') === wanted) ?? [],
      wanted,
    }));
    const filled = parts.filter(({ services, gateways }) => services.length + gateways.length > 0);
    return filled.map(({ services, gateways, wanted }): ReadDocument => {
      const { services: _services, gateways: _gateways, ...rest } = spec;
      return {
        ...document,
        name: filled.length > 1 && wanted ? (dnsLabel(`${name}-required`) ?? name) : name,
        spec: {
          ...(services.length > 0 ? { services } : {}),
          ...(gateways.length > 0 ? { gateways } : {}),
          ...(wanted ? { required: true } : {}),
          ...rest,
        },
      };
    });
  });
}

function readIssuers(list: Field, surroundings: Surroundings): Readonly<Record<string, Issuer>> {
  const issuers: Record<string, Issuer> = {};
  for (const rule of list.items()) {
    const issuer = rule.at('issuer').text() ?? '';
    const name = surroundings.issuers.get(issuer);
    const read = readIssuer(rule, issuer);
    if (name !== undefined && read !== undefined) issuers[name] = read;
    else rule.lost({ callers: 'tokens of this issuer are refused', access: 'narrower' });
  }
  return issuers;
}

function short(id: string, namespace: string): string {
  return id.startsWith(`${namespace}/`) ? id.slice(namespace.length + 1) : id;
}

function readIssuer(rule: Field, issuer: string): Issuer | undefined {
  const jwks = readKeys(rule, issuer);
  const audiences = rule.at('audiences').texts();
  const from = readPlaces(rule);
  const forward = rule.at('forwardOriginalToken').boolean() ?? false;
  const claimHeaders: Record<string, string> = {};
  for (const item of rule.at('outputClaimToHeaders').items()) {
    const [header, claim] = [item.at('header').text(), item.at('claim').text()];
    if (header !== undefined && claim !== undefined && isToken(header))
      claimHeaders[header.toLowerCase()] = claim;
    else item.lost({ callers: 'the application gets no header with this claim' });
  }
  rule
    .at('outputPayloadToHeader')
    .lost({ callers: 'the application gets no header with the payload of the token' });
  rule.at('timeout').withoutEffect('the proxy fetches the keys before requests need them');
  if (jwks === undefined || issuer === '') return undefined;
  return {
    issuer,
    ...(audiences === undefined || audiences.length === 0 ? {} : { audiences }),
    jwks,
    ...(from.length > 0 ? { from } : {}),
    // The token is dropped by default; in the language it is passed on.
    ...(forward ? {} : { forward: false }),
    ...(Object.keys(claimHeaders).length > 0 ? { claimHeaders } : {}),
  };
}

function readKeys(rule: Field, issuer: string): Jwks | undefined {
  const uri = rule.at('jwksUri').isPresent ? rule.at('jwksUri').text() : rule.at('jwks_uri').text();
  const inline = rule.at('jwks').text();
  if (inline !== undefined) return { inline };
  if (uri !== undefined) return { uri };
  if (!/^https?:\/\/[^\s/]+/.test(issuer)) return undefined;
  rule.at('issuer').differently({
    callers: 'the keys are taken from the usual place of the issuer, without asking it where they are',
  });
  return { uri: `${issuer.replace(/\/$/, '')}/.well-known/jwks.json` };
}

function readPlaces(rule: Field): readonly TokenLocation[] {
  const headers = rule
    .at('fromHeaders')
    .items()
    .flatMap((item): readonly TokenLocation[] => {
      const header = item.at('name').text();
      const prefix = item.at('prefix').text();
      return header === undefined ? [] : [{ header, ...(prefix === undefined ? {} : { prefix }) }];
    });
  const queries = (rule.at('fromParams').texts() ?? []).map((query) => ({ query }));
  const cookies = (rule.at('fromCookies').texts() ?? []).map((cookie) => ({ cookie }));
  return [...headers, ...queries, ...cookies];
}

/** Returns the names of issuers by the `iss` of their tokens: the host of an address, or the text itself. */
export function issuerNames(documents: readonly NativeDocument[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { root } of documents) {
    const { spec } = root.value as { readonly spec?: { readonly jwtRules?: unknown } };
    if (!Array.isArray(spec?.jwtRules)) continue;
    for (const rule of spec.jwtRules as readonly unknown[]) {
      const issuer = typeof rule === 'object' && rule !== null && 'issuer' in rule ? rule.issuer : undefined;
      if (typeof issuer !== 'string' || names.has(issuer)) continue;
      const label = dnsLabel(issuer.replace(/^https?:\/\//, '')) ?? 'issuer';
      const isTaken = [...names.values()].includes(label);
      names.set(issuer, isTaken ? `${label.slice(0, 58)}-${String(names.size + 1)}` : label);
    }
  }
  return names;
}
