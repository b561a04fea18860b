import type { Ir } from '../ir/ir.ts';
import type { Forwarded, Share } from '../semantics/outcome.ts';
import type { Request } from '../semantics/request.ts';
import { parsePercentage } from '../spec/percentage.ts';
import type { Expected } from './expected-fields.ts';
import { destinationOf, goesTo } from './expected-shares.ts';
import type { Mismatch } from './mismatch.ts';
import { placeText, sharesText } from './outcome-words.ts';
import { percent } from './units.ts';

/** Shares are written with four decimals of a percentage; half of the last one is no difference. */
const tolerance = 0.000_000_5;

type Written = NonNullable<Expected['backends']>;

/** Compares the shares of backends, mirrors and refusals; a share that no expectation lists is a difference. */
export function shareMismatches(
  { backends, mirrors, refusedShare }: Expected,
  outcome: Forwarded,
  request: Request,
  ir: Ir,
): readonly Mismatch[] {
  const refused = outcome.refusedShare ?? 0;
  return [
    ...(backends === undefined ? [] : sharesOf('backends', backends, outcome.backends, request, ir)),
    ...(refusedShare === undefined || isNear(refused, refusedShare)
      ? []
      : [{ field: 'refusedShare', expected: String(refusedShare), got: percent(refused) }]),
    ...(mirrors === undefined ? [] : sharesOf('mirrors', mirrors, outcome.mirrors, request, ir)),
  ];
}

function sharesOf(
  field: string,
  expected: Written,
  got: readonly Share[],
  request: Request,
  ir: Ir,
): readonly Mismatch[] {
  const wanted = Object.entries(expected).map(([key, share]) => ({
    share,
    to: destinationOf(key, request, ir),
  }));
  const rest = got.filter(
    (one) => one.share > 0 && !wanted.some(({ to }) => !('problem' in to) && goesTo(one, to)),
  );
  const isSame = wanted.every(({ share, to }) => {
    const own = 'problem' in to ? [] : got.filter((one) => goesTo(one, to));
    return isNear(
      own.reduce((sum, one) => sum + one.share, 0),
      share,
    );
  });
  if (isSame && rest.length === 0) return [];
  const text = wanted
    .map(
      ({ share, to }) =>
        `${'problem' in to ? '?' : placeText(to.service, to.version)} ${percent(parsePercentage(share) / 100)}`,
    )
    .join(', ');
  return [{ field, expected: text, got: sharesText(got) }];
}

function isNear(share: number, expected: string | number): boolean {
  return Math.abs(share - parsePercentage(expected) / 100) <= tolerance;
}
