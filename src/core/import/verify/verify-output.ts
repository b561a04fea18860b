import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Ir } from '../../ir/ir.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { own } from '../../lib/own.ts';
import { compareMeshes } from '../../reach/compare-meshes.ts';
import type { ChangedRequests } from '../../reach/meaning-change.ts';
import { type MeaningReport, meaningReport, type RequestBox } from '../../reach/meaning-report.ts';
import type { Outcome } from '../../semantics/outcome.ts';
import type { Source } from '../../source/source.ts';
import type { Spec } from '../../spec/spec.ts';
import { documentName, type NativeDocument } from '../native-document.ts';
import type { Reader } from '../reader.ts';
import { type DeclaredLoss, isDeclared, lossBehind, lossOfUnproved } from './declared-losses.ts';
import { readBack } from './read-back.ts';
import { SpecPlaces } from './spec-places.ts';

/** The result of reading the output of a target back and comparing it with the spec. */
export interface Verified {
  /** True if every request is decided alike (proved), but for differences at lines with declared losses. */
  readonly isEqual: boolean;
  /** Differences that no declared loss explains; absent if the output can't be read back. */
  readonly report?: MeaningReport;
  /** Declared losses that a request shows: the place of the loss, and the request. */
  readonly shown: readonly { readonly loss: Diagnostic; readonly box: RequestBox }[];
  /** Native objects that the reader can't read, which may explain differences. */
  readonly unread: readonly string[];
  readonly errors: readonly Diagnostic[];
}

/** The most boxes of one destination: declared losses explain many, so more are compared than people read. */
const mostBoxes = 400;

/**
 * Reads the compiled files of a target and compares the mesh that they describe with the spec, for all requests. `losses` are the
 * losses that the target declares for this spec.
 */
export function verifyOutput(
  { ir, spec }: { readonly ir: Ir; readonly spec: Spec },
  sources: readonly Source[],
  reader: Reader,
  losses: readonly DeclaredLoss[],
): Verified {
  const back = readBack(ir, spec, sources, reader);
  const isKnown = back.ledger.every(({ fate }) => fate.type !== 'unaccounted');
  const unread = [
    ...new Set(
      back.ledger
        .filter(
          ({ fate, marked }) => fate.type === 'unaccounted' || (fate.type === 'lost' && marked.length <= 1),
        )
        .map(({ document }) => nameOf(document)),
    ),
  ];
  const common = { unread, errors: back.diagnostics };
  if (back.ir === undefined) return { isEqual: false, shown: [], ...common };
  const change = compareMeshes(ir, back.ir, mostBoxes);
  const places = new SpecPlaces(ir, spec);
  const routing = change.routing.filter((one) => !isSeenAlike(one) && !isOfOutputAlone(ir, one));
  const lost = change.lost.filter((one) => !isUndeclared(ir, one));
  const whole = meaningReport(ir, back.ir, { ...change, routing, lost });
  const shown: { loss: Diagnostic; box: RequestBox }[] = [];
  const unexplained = <T extends RequestBox>(boxes: readonly T[]): readonly T[] =>
    boxes.filter((box) => {
      const loss = lossBehind(box, losses, places);
      if (loss !== undefined) shown.push({ loss, box });
      return loss === undefined;
    });
  const { ir: after } = back;
  const unproved = whole.unproved?.filter((one) => lossOfUnproved(one, [ir, after], losses) === undefined);
  const { unproved: _, ...proved } = whole;
  const report: MeaningReport = {
    ...proved,
    ...(unproved !== undefined && unproved.length > 0 && { unproved }),
    access: { gained: unexplained(whole.access.gained), lost: unexplained(whole.access.lost) },
    routing: unexplained(whole.routing),
    settings: (whole.settings ?? []).filter(
      (setting) => isReadBack(ir, setting, reader.readsSettings) && !isDeclared(setting, ir, losses),
    ),
  };
  return { isEqual: isEmpty(report) && isKnown && back.diagnostics.length === 0, report, shown, ...common };
}

/**
 * Returns true if callers notice no difference. All requests of a routing change differ in the same fields. A native rule that
 * answers 404 is the same for them as no rule; a caller without a certificate is refused by a closed connection or by an answer.
 */
function isSeenAlike({ before, after, request }: ChangedRequests): boolean {
  if (before.outcome === 'refused' && after.outcome === 'refused' && request.from.type === 'anonymous')
    return (before.status === 0) !== (after.status === 0);
  if (isClosed(before) && isClosed(after)) return true;
  const [was, is] = [seen(before), seen(after)];
  return was !== undefined && was === is;
}

/** Returns true for requests to a service that only the output has, for a version or a port, if they end nowhere there too. */
function isOfOutputAlone(
  { services, externals, gateways }: Ir,
  { request, after }: ChangedRequests,
): boolean {
  const isKnown = [services, externals, gateways].some((all) => Object.hasOwn(all, request.to.id));
  return !isKnown && (after.outcome === 'refused' || after.outcome === 'unroutable');
}

/** Returns true for calls of services that declare what they call, and not these: they may work or not, and nothing relies on them. */
function isUndeclared({ services }: Ir, { from, to }: ChangedRequests): boolean {
  return from.every((caller) => {
    const { calls } = own(services, caller) ?? {};
    return calls?.every(({ service }) => service !== to) === true;
  });
}

/** Returns true for a connection that is closed without an answer. */
function isClosed(outcome: Outcome): boolean {
  return (outcome.outcome === 'refused' || outcome.outcome === 'unroutable') && outcome.status === 0;
}

/** Names of listeners are words of the spec alone, and conditions of retries have no order. */
function seen(outcome: Outcome): string | undefined {
  if (outcome.outcome === 'forwarded') {
    const { decidedBy: _, port: __, portName: ___, retryOn, ...rest } = outcome;
    return canonicalJson({ ...rest, retryOn: retryOn.map(String).sort() });
  }
  if (outcome.outcome !== 'responded' && outcome.outcome !== 'unroutable') return undefined;
  const body = outcome.outcome === 'responded' ? outcome.body : '';
  return body === undefined ? undefined : JSON.stringify([outcome.status, body, outcome.responseHeaders]);
}

/** Settings that outputs hold and that somebody notices; where instances are and what they report is not read back. */
const settings = /^(?:connection limits|outlier detection|load balancing|retry budget|locality) of (.+)$/;

function isReadBack({ services }: Ir, setting: string, own: readonly string[] = []): boolean {
  const [, name = ''] = /^(.+) of (?:[^ ]+|the mesh)$/.exec(setting) ?? [];
  if (own.includes(name)) return true;
  const id = settings.exec(setting)?.[1];
  return id !== undefined && services[id]?.ports.length !== 0;
}

function isEmpty({ access, routing, unproved, cut, settings }: MeaningReport): boolean {
  return [access.gained, access.lost, routing, unproved ?? [], cut ?? [], settings ?? []].every(
    (list) => list.length === 0,
  );
}

/** Returns the name of an object of the output, or the file of one that has no name. */
function nameOf(document: NativeDocument): string {
  return document.kind === '' && document.name === '' ? document.location.file : documentName(document);
}
