import type { Ir } from '../../ir/ir.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { own } from '../../lib/own.ts';
import type { Origin } from '../../location.ts';
import type { RequestBox } from '../../reach/meaning-report.ts';
import type { DeclaredLoss } from './declared-losses.ts';
import type { SpecPlaces } from './spec-places.ts';

type Line = Pick<Origin, 'file' | 'line'>;

/**
 * Returns true if a loss at the destination of requests explains their difference: plain text that is not taken any more, callers
 * of trust domains that are not known any more, an External that is not there any more, or headers of tokens.
 */
export function isOfDestination(
  box: RequestBox,
  feature: DeclaredLoss['feature'],
  place: Line,
  ir: Ir,
  places: SpecPlaces,
): boolean {
  if (feature === 'mtls.permissive' || feature === 'mtls.disabled')
    return (
      isRefused(box) && callerOf(box, ir) === 'unknown' && doors(box, ir).some((door) => isSame(door, place))
    );
  if (feature === 'federation') return isRefused(box) && callerOf(box, ir) === 'federated';
  if (feature.startsWith('external.'))
    return destinations(box).some((id) => {
      const external = own(ir.externals, id);
      return external !== undefined && places.isInDocumentAt(external.origin, place);
    });
  if (feature !== 'authentication.jwt' || !isOfHeadersAlone(box)) return false;
  return destinations(box).some(
    (id) =>
      own(ir.services, id)?.authentication?.issuers.some(({ origin }) => isSame(origin, place)) === true,
  );
}

function isRefused({ before, after }: RequestBox): boolean {
  return before.outcome === 'forwarded' && after.outcome === 'refused';
}

/** Returns whether a caller has an identity of the mesh, one of a federated domain, or none that the mesh knows. */
function callerOf(
  { request: { from } }: RequestBox,
  { trustDomain, certificates }: Ir,
): 'own' | 'federated' | 'unknown' {
  if (from === 'anonymous') return 'unknown';
  const domain = /^spiffe:\/\/([^/]+)\//.exec(from)?.[1] ?? trustDomain;
  if (domain === trustDomain) return 'own';
  return certificates.federation.some((one) => one.trustDomain === domain) ? 'federated' : 'unknown';
}

/** Returns the lines that say how the ports take calls at which requests arrive. */
function doors({ before }: RequestBox, { services }: Ir): readonly Line[] {
  const backends = before.outcome === 'forwarded' ? (before.backends ?? []) : [];
  return backends.flatMap(({ service, port: name }) => {
    const found = own(services, service);
    const port = found?.ports.find((one) => one.name === name);
    return found === undefined || port === undefined
      ? []
      : [port.mtls === undefined ? found.origin : port.origin];
  });
}

/** Returns the destination that requests ask for, and those that they reach. */
function destinations({ to, before }: RequestBox): readonly string[] {
  const backends = before.outcome === 'forwarded' ? (before.backends ?? []) : [];
  return [to, ...backends.map(({ service }) => service)];
}

function isOfHeadersAlone({ before, after }: RequestBox): boolean {
  const rest = (outcome: RequestBox['before']): string =>
    canonicalJson({ ...outcome, requestHeaders: undefined, decidedBy: undefined });
  return before.outcome === 'forwarded' && rest(before) === rest(after);
}

function isSame(one: Line, other: Line): boolean {
  return one.file === other.file && one.line === other.line;
}
