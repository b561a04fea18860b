import type { Access, AccessRule } from '../ir/access.ts';
import type { Authentication } from '../ir/authentication.ts';
import type { Ir } from '../ir/ir.ts';
import { mtlsOf } from '../ir/service.ts';
import type { UseFeature } from './use-feature.ts';

/** Notes the features that `exposeTo`, `mtls`, `tls`, `healthCheck`, Access and Authentication use. */
export function accessFeatures(ir: Ir, use: UseFeature): void {
  for (const service of Object.values(ir.services)) {
    const { origin, ports, exposeTo, mtls, access, authentication, healthCheck } = service;
    if (ports.length === 0) continue;
    if (healthCheck !== undefined) use('service.health-check', healthCheck.origin);
    if (exposeTo !== 'all') use('service.expose-to', origin);
    for (const port of ports) {
      use(`mtls.${mtlsOf({ mtls }, port)}`, port.mtls === undefined ? origin : port.origin);
      if (port.tls !== undefined) use('service.tls', port.tls.origin);
    }
    // A closed service refuses callers even without a rule that names callers.
    if (access.closed) use('access.identity', origin);
    ofAccess(access, use);
    ofAuthentication(authentication, use);
  }
  for (const { access, authentication } of Object.values(ir.gateways)) {
    // An allow for some listeners closes the others, even if anyone may call those.
    for (const { origin, to } of access.closed ? access.allow : [])
      if (to?.some(({ ports }) => ports !== undefined) === true) use('access.identity', origin);
    ofAccess(access, use);
    ofAuthentication(authentication, use);
  }
}

function ofAccess({ allow, deny }: Access, use: UseFeature): void {
  for (const rule of allow) ofRule(rule, use);
  for (const rule of deny) {
    use('access.deny', rule.origin);
    ofRule(rule, use);
  }
}

function ofRule({ origin, from, to, when, except }: AccessRule, use: UseFeature): void {
  for (const exception of except ?? []) use('access.except', exception.origin);
  const callers = [...(from ?? []), ...(except ?? []).flatMap((exception) => exception.from ?? [])];
  if (callers.some(({ type }) => type === 'address')) use('access.address', origin);
  if (from?.some(({ type }) => type !== 'anyone' && type !== 'address') === true)
    use('access.identity', origin);
  for (const { origin: at, methods, paths, hosts, headers } of to ?? []) {
    if ([methods, paths, hosts, headers].some((condition) => condition !== undefined)) use('access.http', at);
  }
  for (const condition of when ?? []) use('access.jwt', condition.origin);
}

function ofAuthentication(authentication: Authentication | undefined, use: UseFeature): void {
  for (const issuer of authentication?.issuers ?? []) use('authentication.jwt', issuer.origin);
  // Without issuers no token is valid: every request is refused.
  if (authentication?.required === true && authentication.issuers.length === 0)
    use('authentication.jwt', authentication.origin);
  const asked = authentication?.externalAuthorization;
  if (asked !== undefined) use('authentication.external', asked.origin);
}
