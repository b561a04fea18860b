import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import type { AccessRule } from '../../ir/access.ts';
import { itemsOf, keyLocationOf } from '../../ir/link/spec-place.ts';
import type { Service } from '../../ir/service.ts';
import type { AccessTo, DenyRule } from '../../spec/types.gen.ts';
import type { Analyzer } from '../analyzer.ts';
import { guardedServices } from '../guarded-services.ts';

const messages = defineMessages({
  MESH2345: {
    severity: 'warning',
    text: 'this denies by path, and {service} lets everything else in: a path that is written in another way gets around it',
    explanation:
      'Many servers take `/admin;a=b`, `/Admin` or `/admin/` for `/admin`; proxies compare paths as they stand. Allow the right paths instead, so that the service is closed to all others.',
  },
});

/** Reports denies by path that are the only protection of a path. */
export const pathDeny: Analyzer = {
  name: 'path-deny',
  description: 'Reports Access rules that deny by path on services that are otherwise open.',
  messages,
  analyze({ spec, ir }, report) {
    const guarded = guardedServices(ir);
    for (const access of spec.accesses) {
      const open = guarded(access).find((service) => isOpen(service) && readsPathsFreely(service));
      if (open === undefined) continue;
      for (const { deny } of access.value.spec.rules ?? []) reportPaths(deny, open, report);
    }
  },
};

function reportPaths(deny: DenyRule | undefined, { id }: Service, report: Report): void {
  for (const [to] of itemsOf(deny?.to)) {
    if (to.paths === undefined || takesEveryPath(to)) continue;
    const at = keyLocationOf({ container: to, key: 'paths' });
    report(finding(messages, 'MESH2345', at, { service: id }));
  }
}

/** Returns true if the Access isn't closed, or if an allow applies to all callers and requests. */
function isOpen({ access }: Service): boolean {
  return !access.closed || access.allow.some(takesEveryCall);
}

function takesEveryCall({ from, to, when, except }: AccessRule): boolean {
  const isLimited = to !== undefined || when !== undefined || except !== undefined;
  return !isLimited && (from ?? []).some(({ type }) => type === 'anyone' || type === 'authenticated');
}

/** Returns true if a server may treat different spellings of a path as equal; a gRPC server compares paths exactly. */
function readsPathsFreely({ ports }: Service): boolean {
  return ports.some(({ http, protocol }) => http && protocol !== 'grpc');
}

function takesEveryPath({ paths }: AccessTo): boolean {
  return (paths ?? []).some(({ prefix, startsWith }) => prefix === '/' || startsWith === '/');
}
