import type { Authentication } from '../ir/authentication.ts';
import type { Gateway } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import { own } from '../lib/own.ts';
import { sameMeaning } from './same-meaning.ts';

/** Returns the changes on which requests depend and that `decide` doesn't read, as reasons for people. */
export function undecided(before: Ir, after: Ir): readonly string[] {
  return [...Object.values(after.services), ...Object.values(after.gateways)].flatMap((one) => {
    const old = own(before.services, one.id) ?? own(before.gateways, one.id);
    if (old === undefined) return [];
    const [was, is] = [old.authentication, one.authentication];
    const found: string[] = [];
    if (!sameMeaning(was?.externalAuthorization, is?.externalAuthorization))
      found.push(`${one.id}: the external authorization changes, which decides on its own`);
    if (was !== undefined && is !== undefined && tokensDiffer(was, is))
      found.push(`${one.id}: which tokens are valid changes (keys, or the places where tokens stand)`);
    if ('listeners' in one && 'listeners' in old && trustDiffers(old, one))
      found.push(`${one.id}: which client certificates are valid changes`);
    return found;
  });
}

function tokensDiffer(before: Authentication, after: Authentication): boolean {
  return after.issuers.some(({ issuer, jwks, from }) => {
    const old = before.issuers.find((one) => one.issuer === issuer);
    return old !== undefined && !sameMeaning({ jwks, from }, { jwks: old.jwks, from: old.from });
  });
}

function trustDiffers(before: Gateway, after: Gateway): boolean {
  return after.listeners.some(({ name, tls }) => {
    const old = before.listeners.find((one) => one.name === name)?.tls?.clientCertificates;
    const own = tls?.clientCertificates;
    return old !== undefined && own !== undefined && !sameMeaning(old.ca, own.ca);
  });
}
