import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Feature } from '../../ir/feature.ts';
import type { Gateway } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Service } from '../../ir/service.ts';
import { own } from '../../lib/own.ts';
import { type Origin, originOf } from '../../location.ts';
import type { RequestBox } from '../../reach/meaning-report.ts';
import { changesParts, refusesCallers, refusesFederated } from './losses-of-services.ts';
import { explainAll } from './parts-of-losses.ts';
import type { SpecPlaces } from './spec-places.ts';

/** A loss that a target declares for a mesh. */
export interface DeclaredLoss {
  readonly feature: Feature;
  readonly diagnostic: Diagnostic;
}

/** Requests that a loss at the Mesh explains, whose decision names no line of the Mesh. */
const ofEveryMesh: Partial<Readonly<Record<Feature, (box: RequestBox) => boolean>>> = {
  'request.unsafe-paths': ({ paths }) => Array.isArray(paths) && paths.every((path) => path === 'unsafe'),
  'egress.deny': isToUnknownHosts,
  'egress.allow': isToUnknownHosts,
};

function isToUnknownHosts({ to }: RequestBox): boolean {
  return to === 'hosts that nothing names';
}

/**
 * Returns the declared loss that explains a difference: one in a rule or at a line of the spec that decides the request, one of
 * requests that no rule of a Route takes, a listener that the output lacks, or one that every mesh has. Lines of the mesh that was read back explain nothing.
 */
export function lossBehind(
  box: RequestBox,
  losses: readonly DeclaredLoss[],
  places: SpecPlaces,
): Diagnostic | undefined {
  const { decidedBy, status } = box.before;
  const { gateway, port } = box.request;
  const isNowhere = gateway !== undefined && box.after.outcome === 'unroutable';
  const isUnmatched = box.before.outcome === 'unroutable';
  const isUnknown = box.after.outcome === 'unroutable';
  const isServed = box.before.outcome === 'forwarded' && box.after.outcome === 'forwarded';
  const isLetIn =
    box.before.status === 403 && box.after.outcome === 'forwarded' && box.request.from !== 'anonymous';
  const isRefused = box.before.outcome === 'forwarded' && box.after.status === 403;
  const explains = (loss: DeclaredLoss): boolean => {
    const { feature, diagnostic } = loss;
    const place = originOf(diagnostic.location);
    if (refusesCallers(loss, box, places) || refusesFederated(loss, box, places.ir)) return true;
    if (changesParts(loss, box, places)) return true;
    // Access decides who gets in, and never where a call goes; mTLS never about callers whose identity is known.
    if (isServed && feature.startsWith('access.')) return false;
    if (isLetIn && feature.startsWith('mtls.')) return false;
    // A mesh that has no such rule refuses other calls of the same service, too.
    if (isRefused && feature.startsWith('access.') && places.isOfAccess(serviceOf(box), place)) return true;
    if (isNowhere && feature.startsWith('gateway.') && places.isListenerAt(gateway, port, place)) return true;
    return decidedBy.some(
      (line) =>
        (line.file === place.file && line.line === place.line) ||
        places.isInRuleAt(line, place) ||
        (isOfDocument(feature) && places.isInDocumentAt(line, place)) ||
        (feature === 'route.no-match' && status === 404 && places.isLastOfRouteAt(line, place)) ||
        (feature === 'route.sni' && isUnmatched && places.isInDocumentAt(line, place)) ||
        (feature === 'external.hosts' &&
          ((isUnknown && places.isOfExternal(line, place)) || places.isToExternal(line, place))),
    );
  };
  const found = losses.filter((loss) => explains(loss) || ofEveryMesh[loss.feature]?.(box) === true);
  const isExplained = explainAll(
    found.map(({ feature }) => feature),
    box,
  );
  return isExplained ? found[0]?.diagnostic : undefined;
}

/** Returns true for a feature that is lost with the whole document that uses it. */
function isOfDocument(feature: Feature): boolean {
  return feature.startsWith('external.') || feature.startsWith('authentication.');
}

/** Returns the service whose Access decides a request. */
function serviceOf({ before, to }: RequestBox): string {
  return (before.outcome === 'forwarded' ? before.backends?.[0]?.service : undefined) ?? to;
}

/** The features behind a setting that no decision about a single request shows. */
const featuresOf: Readonly<Record<string, readonly Feature[]>> = {
  'connection limits': ['settings.connections', 'settings.default-connections'],
  'outlier detection': ['settings.outlier-detection'],
  'load balancing': ['settings.load-balancing', 'settings.default-balancing', 'settings.affinity'],
  'retry budget': ['settings.retry-budget'],
  locality: ['settings.locality'],
};

/**
 * Returns true for a setting (`outlier detection of shop/reviews`) that is declared as lost: in the file of the service, or in a
 * file that is no other service's.
 */
export function isDeclared(setting: string, { services }: Ir, losses: readonly DeclaredLoss[]): boolean {
  const [, name = '', id = ''] = /^(.+) of (.+)$/.exec(setting) ?? [];
  const home = services[id]?.origin.file;
  const others = new Set(Object.values(services).map(({ origin }) => origin.file));
  return losses.some(({ feature, diagnostic: { location } }) => {
    const isOwn = location.file === home || !others.has(location.file);
    return isOwn && featuresOf[name]?.includes(feature) === true;
  });
}

/**
 * Returns the declared loss behind a reason why a part is unproved: the external authorization of a service or gateway, or the
 * TLS of an application, that the output leaves out. One that the output has, but otherwise, is explained by nothing.
 */
export function lossOfUnproved(
  reason: string,
  [before, after]: readonly [Ir, Ir],
  losses: readonly DeclaredLoss[],
): Diagnostic | undefined {
  const [, tlsId = '', name] = /^([^ ]+) \(([^ ]+)\): .* is decided alike/.exec(reason) ?? [];
  const [tls, other] = [before, after].map(
    (ir) => own(ir.services, tlsId)?.ports.find((port) => port.name === name)?.tls,
  );
  if (tls !== undefined && other === undefined) return lossAt('service.tls', tls.origin, losses);
  const [, id = ''] = /^([^ ]+): the external authorization changes/.exec(reason) ?? [];
  const asked = ownerOf(before, id)?.authentication?.externalAuthorization;
  if (asked === undefined || ownerOf(after, id)?.authentication?.externalAuthorization !== undefined)
    return undefined;
  return lossAt('authentication.external', asked.origin, losses);
}

function lossAt(
  lost: Feature,
  { file, line }: Origin,
  losses: readonly DeclaredLoss[],
): Diagnostic | undefined {
  return losses.find(({ feature, diagnostic: { location } }) => {
    const place = originOf(location);
    return feature === lost && place.file === file && place.line === line;
  })?.diagnostic;
}

function ownerOf({ services, gateways }: Ir, id: string): Service | Gateway | undefined {
  return own(services, id) ?? own(gateways, id);
}
