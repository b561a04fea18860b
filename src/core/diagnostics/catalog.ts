import { analyzers } from '../analyze/analyze.ts';
import { messages as trust } from '../identity/unbound-trust.ts';
import { messages as access } from '../ir/link/access.ts';
import { messages as accessConditions } from '../ir/link/access-conditions.ts';
import { messages as addressConflicts } from '../ir/link/address-conflicts.ts';
import { messages as authentications } from '../ir/link/authentications.ts';
import { messages as backends } from '../ir/link/backends.ts';
import { messages as certificates } from '../ir/link/certificates.ts';
import { messages as clusters } from '../ir/link/clusters.ts';
import { messages as externals } from '../ir/link/externals.ts';
import { messages as gatewayRoutes } from '../ir/link/gateway-routes.ts';
import { messages as gateways } from '../ir/link/gateways.ts';
import { messages as headerChanges } from '../ir/link/header-changes.ts';
import { messages as instanceClusters } from '../ir/link/instance-clusters.ts';
import { messages as instances } from '../ir/link/instances.ts';
import { messages as locality } from '../ir/link/locality.ts';
import { messages as mergedSettings } from '../ir/link/merged-settings.ts';
import { messages as names } from '../ir/link/names.ts';
import { messages as outboundTcp } from '../ir/link/outbound-tcp.ts';
import { messages as outputConflicts } from '../ir/link/output-conflicts.ts';
import { messages as ports } from '../ir/link/ports.ts';
import { messages as principals } from '../ir/link/principals.ts';
import { messages as profiles } from '../ir/link/profiles.ts';
import { messages as routeConflicts } from '../ir/link/route-conflicts.ts';
import { messages as routeMatches } from '../ir/link/route-matches.ts';
import { messages as routes } from '../ir/link/routes.ts';
import { messages as ruleFields } from '../ir/link/rule-fields.ts';
import { messages as servicePort } from '../ir/link/service-port.ts';
import { messages as services } from '../ir/link/services.ts';
import { messages as settings } from '../ir/link/settings.ts';
import { messages as targets } from '../ir/link/targets.ts';
import { messages as unsupported } from '../ir/link/unsupported.ts';
import { messages as versions } from '../ir/link/versions.ts';
import { messages as delivery, messages as plan } from '../plan/messages.ts';
import { messages as source } from '../source/messages.ts';
import { messages as loading } from '../spec/load-messages.ts';
import { messages as schema } from '../spec/schema-messages.ts';
import { messages as losses } from '../targets/loss.ts';
import { messages as portability } from '../targets/portability.ts';
import type { Message, Messages } from './message.ts';

/** The messages of every module that has some, those of targets apart: they load when they are named. */
const modules: readonly Messages[] = [
  accessConditions,
  access,
  addressConflicts,
  authentications,
  backends,
  certificates,
  clusters,
  externals,
  gatewayRoutes,
  gateways,
  headerChanges,
  instanceClusters,
  instances,
  locality,
  mergedSettings,
  names,
  outboundTcp,
  outputConflicts,
  ports,
  principals,
  profiles,
  routeConflicts,
  routeMatches,
  routes,
  ruleFields,
  servicePort,
  services,
  settings,
  targets,
  unsupported,
  versions,
  plan,
  source,
  loading,
  schema,
  ...analyzers.map(({ messages }) => messages),
  portability,
  losses,
  delivery,
  trust,
];

/** Every kind of finding by its code, in order of code. */
export const catalog: ReadonlyMap<string, Message> = new Map(
  modules.flatMap((messages) => Object.entries(messages)).sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** What a code means; upper and lower case and a missing `MESH` are forgiven. */
export function explain(code: string): { readonly code: string; readonly message: Message } | undefined {
  const upper = code.toUpperCase();
  const full = /^\d+$/.test(upper) ? `MESH${upper}` : upper;
  const message = catalog.get(full);
  return message === undefined ? undefined : { code: full, message };
}
