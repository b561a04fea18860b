import type { AccessOperation } from '../ir/access.ts';
import type { Authentication } from '../ir/authentication.ts';
import type { Gateway } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import { spiffeId } from '../ir/principal.ts';
import type { Service } from '../ir/service.ts';
import { own } from '../lib/own.ts';
import { sameMeaning } from './same-meaning.ts';
import { samePlaces, trustChanges } from './trust-changes.ts';

/** Returns the changes on which requests depend and that `decide` doesn't read, as reasons for people. */
export function undecided(before: Ir, after: Ir): readonly string[] {
  const owners = [...Object.values(after.services), ...Object.values(after.gateways)];
  const ofOwners = owners.flatMap((one) => {
    const old = own<Owner>('listeners' in one ? before.gateways : before.services, one.id);
    if (old === undefined) return [];
    const reasons = [
      ...ofOwner(old, one),
      ...('listeners' in one && 'listeners' in old ? ofGateway(old, one) : []),
    ];
    return reasons.map((reason) => `${one.id}: ${reason}`);
  });
  return [...ofOwners, ...trustChanges(before, after)];
}

type Owner = Service | Gateway;

function ofOwner(before: Owner, after: Owner): readonly string[] {
  const [was, is] = [before.authentication, after.authentication];
  const found: string[] = [];
  if (spiffeId(before.workload.principal) !== spiffeId(after.workload.principal))
    found.push('its identity changes, so what it may call is not compared');
  if (!sameMeaning(asked(before), asked(after)))
    found.push('the external authorization changes, which decides on its own');
  if (was !== undefined && is !== undefined && tokensDiffer(was, is))
    found.push('which tokens are valid changes (keys, or the places where tokens stand)');
  return found;
}

function ofGateway(before: Gateway, after: Gateway): readonly string[] {
  const found: string[] = [];
  if (addressDiffers(before, after))
    found.push("the place where listeners read the client's address changes");
  return found;
}

function tokensDiffer(before: Authentication, after: Authentication): boolean {
  return after.issuers.some(({ issuer, jwks, from }) => {
    const old = before.issuers.find((one) => one.issuer === issuer);
    return old !== undefined && !sameMeaning({ jwks, from }, { jwks: old.jwks, from: old.from });
  });
}

function addressDiffers(before: Gateway, after: Gateway): boolean {
  return samePlaces(before.listeners, after.listeners).some(
    ([old, listener]) => !sameMeaning(old.clientAddress, listener.clientAddress),
  );
}

/** Returns what an external authorization is about: the order of headers, and a condition that names every port, say nothing. */
function asked(owner: Owner): unknown {
  const external = owner.authentication?.externalAuthorization;
  if (external === undefined) return undefined;
  const ports = ('listeners' in owner ? owner.listeners : owner.ports).map(({ name }) => name);
  const operation = ({ ports: named, ...others }: AccessOperation): unknown =>
    named === undefined || ports.every((port) => named.includes(port)) ? others : { ...others, ports: named };
  return {
    ...external,
    includeHeaders: [...external.includeHeaders].sort(),
    to: external.to?.map(operation),
    except: external.except?.map((one) => ({ ...one, to: one.to?.map(operation) })),
  };
}
