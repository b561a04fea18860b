import type { ExternalAuthorization } from '../../../ir/authentication.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { PolicyRule } from '../crds/parts.ts';
import { object } from '../object.ts';
import { needsProviders, type Provider, provider } from '../provider.ts';
import type { Guarded } from './guarded.ts';
import { lowerOperation } from './operations.ts';
import { exceptionVerdict, reading, type Verdict } from './verdicts.ts';

/**
 * Returns the policies that ask a service about each request (action CUSTOM). The service is configured in the mesh
 * config, which we don't own: the policy names the provider, and an annotation says how to define it. Until it is
 * defined Istio refuses every request.
 */
export function externalAuthorizations(ir: Ir, guarded: Guarded): readonly ObjectArtifact[] {
  const { authentication, from, namespace, name } = guarded;
  const asked = authentication?.externalAuthorization;
  const ports = guarded.ports.filter(({ http }) => http);
  const rules = asked === undefined ? [] : askedRules(asked, guarded);
  if (asked === undefined || ports.length === 0 || rules.length === 0) return [];
  const wanted = providerOf(ir, asked);
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
        rules,
      },
    }),
  ];
}

/** Returns the requests to ask about; without a verdict of the proxy, all requests that fit the rest of a rule. */
function askedRules({ to, except, origin }: ExternalAuthorization, guarded: Guarded): readonly PolicyRule[] {
  const verdict = except && exceptionVerdict(except, guarded);
  const excepting = verdict === undefined ? [] : [reading(verdict, 'deny')];
  return (to ?? [{ origin }]).flatMap((one) => {
    const { operation: lowered } = lowerOperation(one, 'deny', guarded, true);
    if (lowered === undefined) return [];
    const { operation } = lowered;
    const when = [...lowered.when, ...excepting];
    return [
      {
        ...(Object.keys(operation).length > 0 && { to: [{ operation }] }),
        ...(when.length > 0 && { when }),
      },
    ];
  });
}

/** Returns the verdicts that the proxy must record about requests that a service may be asked about. */
export function askedVerdicts(guarded: Guarded): readonly Verdict[] {
  const { to = [], except } = guarded.authentication?.externalAuthorization ?? {};
  const verdict = except && exceptionVerdict(except, guarded);
  return [
    ...to.flatMap((one) => lowerOperation(one, 'deny', guarded, true).verdicts),
    ...(verdict ? [verdict] : []),
  ];
}

/** Returns the entry of `extensionProviders` in the mesh config, whose name identifies its settings. */
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
