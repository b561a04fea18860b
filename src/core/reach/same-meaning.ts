/** Parts of the linked mesh that no single request shows: places of the spec, labels, telemetry, checks, balancing. */
const unread: ReadonlySet<string> = new Set([
  'origin',
  'origins',
  'timeoutOrigin',
  'labels',
  'telemetry',
  'healthCheck',
  'otherChecks',
  'passedTls',
  'clusters',
  'profiles',
  'calls',
  'session',
  'connections',
  'outlierDetection',
  'loadBalancing',
  'retryBudget',
  'locality',
]);

/** Returns true if two parts of linked meshes are equal in everything that `decide` can read. */
export function sameMeaning(one: unknown, other: unknown): boolean {
  return equalBut(unread, one, other);
}

/** Returns true if two parts of linked meshes are equal but for their places in the spec. */
export function sameSettings(one: unknown, other: unknown): boolean {
  return equalBut(places, one, other);
}

const places: ReadonlySet<string> = new Set(['origin', 'origins', 'timeoutOrigin']);

function equalBut(unread: ReadonlySet<string>, one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one))
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((part, index) => equalBut(unread, part, other[index]))
    );
  const [left, right] = [one as Fields, other as Fields];
  return sameFields(unread, left, right) && sameKeys(unread, left, right);
}

type Fields = Readonly<Record<string, unknown>>;

function sameFields(unread: ReadonlySet<string>, one: Fields, other: Fields): boolean {
  for (const key in one) {
    if (!unread.has(key) && !equalBut(unread, one[key], other[key])) return false;
  }
  return true;
}

function sameKeys(unread: ReadonlySet<string>, one: Fields, other: Fields): boolean {
  for (const key in other) {
    if (!unread.has(key) && other[key] !== undefined && one[key] === undefined) return false;
  }
  return true;
}
