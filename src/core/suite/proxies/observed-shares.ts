import type { Arrival } from '../../../ports/test-applications.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Forwarded } from '../../semantics/outcome.ts';
import type { Request } from '../../semantics/request.ts';
import { parsePercentage } from '../../spec/percentage.ts';
import type { Expected } from '../expected-fields.ts';
import { type Destination, destinationOf, goesTo } from '../expected-shares.ts';
import type { Mismatch } from '../mismatch.ts';
import { placeText } from '../outcome-words.ts';
import { percent } from '../units.ts';
import type { Observation } from './observation.ts';
import { shareBound } from './share-bound.ts';

/** Returns the arrivals of a request itself, without copies of it: a copy reaches a place that only a mirror names. */
export function originals(
  arrivals: readonly Arrival[],
  { mirrors, backends }: Forwarded,
): readonly Arrival[] {
  const isAt = (arrival: Arrival, { service, version }: { service: string; version: string }): boolean =>
    goesTo(arrival, { service, ...(version !== '*' && { version }) });
  return arrivals.filter(
    (arrival) =>
      !mirrors.some((mirror) => isAt(arrival, mirror)) || backends.some((backend) => isAt(arrival, backend)),
  );
}

/** Returns the arrival of a request itself: of several, the one at the application that answered. */
function original({ arrivals, answer }: Observation, outcome: Forwarded): Arrival | undefined {
  const own = originals(arrivals, outcome);
  return own.find(({ service, version }) => answer.body === `${service} ${version}\n`) ?? own[0];
}

/** Returns the copies of a request: all other arrivals at a place that a mirror names. */
function copies(observation: Observation, outcome: Forwarded): readonly Arrival[] {
  const { arrivals } = observation;
  const [own, first] = [originals(arrivals, outcome), original(observation, outcome)];
  const isMirror = (arrival: Arrival): boolean =>
    outcome.mirrors.some(({ service, version }) =>
      goesTo(arrival, { service, ...(version !== '*' && { version }) }),
    );
  return arrivals.filter((arrival) => !own.includes(arrival) || (arrival !== first && isMirror(arrival)));
}

/** Compares measured shares of backends, refusals and copies with the expected ones, within `shareBound`. */
export function observedShares(
  { backends, refusedShare, mirrors }: Expected,
  samples: readonly Observation[],
  outcome: Forwarded,
  request: Request,
  ir: Ir,
): readonly Mismatch[] {
  const firsts = samples.map((sample) => original(sample, outcome));
  const refused = firsts.filter((first) => first === undefined).length;
  return [
    ...(backends === undefined
      ? []
      : sharesOf(
          'backends',
          backends,
          firsts.map((first) => (first === undefined ? [] : [first])),
          request,
          ir,
        )),
    ...(refusedShare === undefined
      ? []
      : refusalShare(parsePercentage(refusedShare) / 100, refused, samples.length)),
    ...(mirrors === undefined
      ? []
      : sharesOf(
          'mirrors',
          mirrors,
          samples.map((sample) => copies(sample, outcome)),
          request,
          ir,
        )),
  ];
}

function refusalShare(expected: number, refused: number, samples: number): readonly Mismatch[] {
  const got = refused / samples;
  if (Math.abs(got - expected) <= shareBound(expected, samples)) return [];
  return [{ field: 'refusedShare', expected: percent(expected), got: measured(got, samples) }];
}

/** Compares counts of the arrivals of each sample. */
function sharesOf(
  field: string,
  expected: NonNullable<Expected['backends']>,
  arrived: readonly (readonly Arrival[])[],
  request: Request,
  ir: Ir,
): readonly Mismatch[] {
  const wanted = Object.entries(expected).flatMap(([key, share]) => {
    const to = destinationOf(key, request, ir);
    return 'problem' in to ? [] : [{ to, share: parsePercentage(share) / 100 }];
  });
  const samples = arrived.length;
  const shareAt = (to: Destination): number =>
    arrived.filter((arrivals) => arrivals.some((one) => goesTo(one, to))).length / samples;
  const isStray = arrived.flat().some((one) => !wanted.some(({ to, share }) => share > 0 && goesTo(one, to)));
  const isSame = wanted.every(({ to, share }) => Math.abs(shareAt(to) - share) <= shareBound(share, samples));
  if (isSame && !isStray) return [];
  const places = new Map<string, Destination>();
  for (const { service, version } of arrived.flat())
    places.set(placeText(service, version), { service, version });
  const got = [...places].sort().map(([place, to]) => `${place} ${percent(shareAt(to))}`);
  return [
    {
      field,
      expected: wanted
        .map(({ to, share }) => `${placeText(to.service, to.version)} ${percent(share)}`)
        .join(', '),
      got: `${got.length === 0 ? 'none' : got.join(', ')} of ${String(samples)} requests`,
    },
  ];
}

function measured(share: number, samples: number): string {
  return `${percent(share)} of ${String(samples)} requests`;
}
