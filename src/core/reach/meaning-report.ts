import { type DescribedOutcome, describeOutcome } from '../explain/request/describe-outcome.ts';
import type { Ir } from '../ir/ir.ts';
import type { Outcome } from '../semantics/outcome.ts';
import { changedSettings } from './changed-settings.ts';
import { compareMeshes } from './compare-meshes.ts';
import type { Described } from './describe.ts';
import type { ChangedRequests, MeaningChange } from './meaning-change.ts';
import { type RequestJson, requestJson } from './request-json.ts';

/** Requests to one port that change in the same way; conditions that are absent hold for all requests. */
export interface RequestBox {
  /** Names the box in `--accept-widening`. */
  readonly id: string;
  /** The callers, in words. */
  readonly from: readonly string[];
  readonly to: string;
  readonly ports: readonly string[];
  readonly methods?: Described;
  readonly paths?: Described;
  /** By name of the header. */
  readonly headers?: Readonly<Record<string, Described>>;
  /** Other conditions: `the claim role`, `the query parameter q`, `the address`. */
  readonly when?: Readonly<Record<string, Described>>;
  /** The lines that decide the witness, first those afterwards, then those before. */
  readonly rules: readonly string[];
  /** One of the requests, as a line of `mesh explain request --batch`. */
  readonly request: RequestJson;
  readonly before: DescribedOutcome;
  readonly after: DescribedOutcome;
}

/** A group of requests that are routed or answered differently. */
export interface RoutingBox extends RequestBox {
  readonly service: string;
}

/** The difference of two meshes for all requests, as a plan reports it. */
export interface MeaningReport {
  readonly access: { readonly gained: readonly RequestBox[]; readonly lost: readonly RequestBox[] };
  readonly routing: readonly RoutingBox[];
  /** Reasons why requests that aren't listed may change, too. */
  readonly unproved?: readonly string[];
  /** Ports whose requests change in more ways than are listed. */
  readonly cut?: readonly string[];
  /** Settings that change and that no decision about a single request shows: `outlier detection of shop/reviews`. */
  readonly settings?: readonly string[];
}

/** Compares the mesh in force with the planned mesh. */
export function meaningReport(
  before: Ir,
  after: Ir,
  change: MeaningChange = compareMeshes(before, after),
): MeaningReport {
  const { gained, lost, routing, unproved, cut } = change;
  const settings = changedSettings(before, after);
  return {
    access: { gained: gained.map(boxOf), lost: lost.map(boxOf) },
    routing: routing.map((change) => ({ service: change.to, ...boxOf(change) })),
    ...(unproved.length > 0 && { unproved }),
    ...(cut.length > 0 && { cut }),
    ...(settings.length > 0 && { settings }),
  };
}

function boxOf({ id, from, to, port, conditions, request, before, after }: ChangedRequests): RequestBox {
  const named = [...conditions];
  const [methods, paths] = [conditions.get('the method'), conditions.get('the path')];
  const headers = named.flatMap(([name, words]) =>
    name.startsWith(header) ? [[name.slice(header.length), words] as const] : [],
  );
  const when = named.filter(
    ([name]) => name !== 'the method' && name !== 'the path' && !name.startsWith(header),
  );
  return {
    id,
    from,
    to,
    ports: [port],
    ...(methods && { methods }),
    ...(paths && { paths }),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...(when.length > 0 && { when: Object.fromEntries(when) }),
    rules: [...new Set([...linesOf(after), ...linesOf(before)])],
    request: requestJson(request),
    before: describeOutcome(before),
    after: describeOutcome(after),
  };
}

const header = 'the header ';

function linesOf({ decidedBy }: Outcome): readonly string[] {
  return decidedBy.map(({ file, line }) => `${file}:${String(line)}`);
}
