import { flow } from '../lib/flow.ts';

/** Names of fields by which people divide requests between versions. */
const fields: ReadonlySet<string> = new Set(['percent', 'percentage', 'share', 'traffic', 'weight']);

/** The most versions whose backends a message spells out. */
const most = 4;

/** Returns true for the name of a field that divides requests. */
export function divides(field: string): boolean {
  return fields.has(field);
}

/**
 * Returns the end of a sentence about a share that stands in the `versions` of a Service; the share of the first version
 * gets the backends of a Route that divide the requests in this way. `path` leads to the version.
 */
export function sharesOfVersions(root: object, path: readonly string[]): string {
  const versions = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)[key], root);
  const shares = Object.entries(versions as object).map(([version, written]) => ({
    version,
    weight: shareIn(written),
  }));
  const isFirst = shares.find(({ weight }) => weight !== undefined)?.version === path.at(-1);
  const isWhole = shares.length <= most && shares.every(({ weight }) => weight !== undefined);
  const spelled = isFirst && isWhole ? `: rules: [{backends: ${flow(shares)}}]` : '';
  return `; a Route divides the requests between versions${spelled}`;
}

/** Returns the share that a version is written with; undefined if there is none that is a whole number. */
function shareIn(written: unknown): number | undefined {
  const value =
    typeof written === 'object' && written !== null
      ? Object.entries(written as Readonly<Record<string, unknown>>).find(([field]) => divides(field))?.[1]
      : written;
  const share = typeof value === 'string' && /^\d+ ?%?$/.test(value) ? Number.parseInt(value, 10) : value;
  return typeof share === 'number' && Number.isInteger(share) ? share : undefined;
}
