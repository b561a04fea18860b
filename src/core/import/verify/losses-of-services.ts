import type { Feature } from '../../ir/feature.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Port, Service } from '../../ir/service.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { own } from '../../lib/own.ts';
import { type Origin, originOf } from '../../location.ts';
import type { RequestBox } from '../../reach/meaning-report.ts';
import { isVerifiable } from '../../semantics/principal.ts';
import type { DeclaredLoss } from './declared-losses.ts';
import type { SpecPlaces } from './spec-places.ts';

/** Returns true if a loss of federation explains that a connection of a federated caller fails. */
export function refusesFederated({ feature }: DeclaredLoss, { request, after }: RequestBox, ir: Ir): boolean {
  return (
    feature === 'federation' &&
    after.outcome === 'refused' &&
    after.status === 0 &&
    isFederated(request.from, ir)
  );
}

/**
 * Returns true if a loss about callers explains that a service refuses a call: one in its Access or at the called port, or one at
 * the service itself, which refuses callers that no document names.
 */
export function refusesCallers(
  { feature, diagnostic: { location } }: DeclaredLoss,
  box: RequestBox,
  places: SpecPlaces,
): boolean {
  const { from, request, after } = box;
  const { ir } = places;
  if (after.outcome !== 'refused') return false;
  const { service, port } = calledBy(box, ir);
  if (service === undefined || port === undefined) return false;
  const isRefused = isOfCallers(feature) && isRefusedByAccess(after.status, request.from, port, ir);
  if (!isRefused && !isStranger(feature, request.from, ir)) return false;
  const place = originOf(location);
  const isOfAccess = feature.startsWith('access.') && places.isOfAccess(service.id, place);
  return isOfAccess || isSame(port.origin, place) || (isSame(service.origin, place) && from.every(isUnnamed));
}

/** Returns the service and the port that requests reached before. */
function calledBy(
  { before, to, request }: RequestBox,
  { services }: Ir,
): { readonly service: Service | undefined; readonly port: Port | undefined } {
  if (before.outcome !== 'forwarded') return { service: undefined, port: undefined };
  const service = own(services, before.backends?.[0]?.service ?? to);
  const port = service?.ports.find(({ name, number }) => name === request.port || number === request.port);
  return { service, port };
}

function isSame(one: Line, other: Line): boolean {
  return one.file === other.file && one.line === other.line;
}

type Line = Pick<Origin, 'file' | 'line'>;

function isOfCallers(feature: string): boolean {
  return feature.startsWith('mtls.') || feature.startsWith('access.');
}

/** Returns true for a caller of a trust domain that nobody knows, where the loss is about plain text: it gets in with that alone. */
function isStranger(feature: Feature, from: string, ir: Ir): boolean {
  return feature.startsWith('mtls.') && !isVerifiable(ir, from);
}

/** Returns true for callers in words, which no document names. */
function isUnnamed(caller: string): boolean {
  return /^(?:other accounts of |accounts of other trust domains$|callers without identity$)/.test(caller);
}

/** A port of streams closes connections, whoever refuses the caller, so that the trust between meshes has to be ruled out. */
function isRefusedByAccess(status: number | undefined, from: string, { http }: Port, ir: Ir): boolean {
  return (
    status === 403 || from === 'anonymous' || (!http && isVerifiable(ir, from) && !isFederated(from, ir))
  );
}

function isFederated(from: string, ir: Ir): boolean {
  return isVerifiable(ir, from) && !from.startsWith(`spiffe://${ir.trustDomain}/`);
}

/** The parts of an answer that differ where the called service lacks a feature. */
const partsOf: Partial<Readonly<Record<Feature, readonly string[]>>> = {
  'settings.timeout': ['timeout'],
  'mtls.disabled': ['rewritten'],
  'service.tls': ['rewritten', 'tls'],
  'authentication.jwt': ['requestHeaders'],
};

/** Returns true if a loss in a document of the called service explains all in which two forwarded calls differ. */
export function changesParts(
  { feature, diagnostic: { location } }: DeclaredLoss,
  { to, before, after }: RequestBox,
  places: SpecPlaces,
): boolean {
  const service = own(places.ir.services, to);
  const lost = partsOf[feature];
  if (service === undefined || lost === undefined) return false;
  const documents = [service.origin, ...(service.authentication?.issuers ?? []).map(({ origin }) => origin)];
  if (!documents.some((one) => places.isInDocumentAt(one, originOf(location)))) return false;
  if (before.outcome !== 'forwarded' || after.outcome !== 'forwarded') return false;
  const unread = new Set(['decidedBy', 'portName', ...lost]);
  return canonicalJson(before, unread) === canonicalJson(after, unread);
}
