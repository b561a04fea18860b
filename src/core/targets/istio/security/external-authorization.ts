import type { AccessOperation } from '../../../ir/access.ts';
import type { ExternalAuthorization } from '../../../ir/authentication.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { PolicyRule } from '../crds/parts.ts';
import { object } from '../object.ts';
import { needsProviders, type Provider, provider } from '../provider.ts';
import type { Guarded } from './guarded.ts';
import { lowerOperation } from './operations.ts';

/**
 * Asks a service about each request (action CUSTOM). Whom and how stands in the mesh config, which isn't ours: the policy
 * names the provider and says in an annotation what it has to be. Until it is there Istio refuses every request.
 */
export function externalAuthorizations(ir: Ir, guarded: Guarded): readonly ObjectArtifact[] {
  const { authentication, from, namespace, name, namesPorts } = guarded;
  const asked = authentication?.externalAuthorization;
  const ports = guarded.ports.filter(({ http }) => http);
  const rules = asked?.to === undefined ? [{}] : askedRules(asked.to, guarded);
  if (asked === undefined || ports.length === 0 || rules.length === 0) return [];
  const wanted = providerOf(ir, asked);
  const all = !namesPorts && ports.length === guarded.ports.length;
  const operation = { ports: [...new Set(ports.map(({ number }) => String(number)))] };
  return [
    object({
      kind: 'AuthorizationPolicy',
      namespace,
      name: objectName('ask', ...name),
      from,
      annotations: needsProviders([wanted]),
      origins: [asked.origin],
      spec: {
        ...guarded.target,
        action: 'CUSTOM',
        provider: { name: wanted.name },
        rules: asked.to === undefined ? [all ? {} : { to: [{ operation }] }] : rules,
      },
    }),
  ];
}

/** Conditions of an operation that Istio can't say are left out: more requests are asked about. */
function askedRules(to: readonly AccessOperation[], guarded: Guarded): readonly PolicyRule[] {
  return to.flatMap((one) => {
    const { operation: lowered } = lowerOperation(one, 'deny', guarded, true);
    if (lowered === undefined) return [];
    const { operation, when } = lowered;
    return [
      {
        ...(Object.keys(operation).length > 0 && { to: [{ operation }] }),
        ...(when.length > 0 && { when }),
      },
    ];
  });
}

/** The entry of `extensionProviders` in the mesh config; its name tells apart whatever is asked in another way. */
function providerOf(ir: Ir, asked: ExternalAuthorization): Provider {
  const [namespace = '', service = ''] = asked.service.split('/');
  const port = ir.services[asked.service]?.ports.find(({ name }) => name === asked.port);
  const settings = {
    service: `${service}.${namespace}.svc.cluster.local`,
    port: port?.number ?? 0,
    timeout: `${String(asked.timeout / 1000)}s`,
    failOpen: asked.onError === 'allow',
    statusOnError: '403',
    ...(asked.maxBody > 0 && {
      includeRequestBodyInCheck: { maxRequestBytes: asked.maxBody, allowPartialMessage: true },
    }),
  };
  if (asked.protocol === 'grpc') return provider(service, { envoyExtAuthzGrpc: settings });
  const includeRequestHeadersInCheck = [...new Set(['authorization', ...asked.includeHeaders])].sort();
  return provider(service, { envoyExtAuthzHttp: { ...settings, includeRequestHeadersInCheck } });
}
