import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { quoted } from '../lib/quoted.ts';
import { locatePath } from '../source/locate.ts';
import { parseDuration } from './duration.ts';
import { definitionAt } from './schema.ts';
import { messages } from './schema-messages.ts';
import { parseSize } from './size.ts';
import type { Kind } from './spec.ts';

type Path = readonly (string | number)[];

/** The largest size in bytes: proxies use 32 bits. */
const largestSize = 2 ** 32 - 1;

/**
 * The longest duration in milliseconds: 100 years. Proxies count nanoseconds in 64 bits and refuse more than 292 years.
 */
const longestDuration = 36_500 * 86_400_000;

/**
 * Reports percentages, durations and sizes of a valid document that are too precise or too large, which a schema can't
 * express.
 */
export function valueLimits(kind: Kind, root: object): readonly Diagnostic[] {
  return suspects(root, []).flatMap(({ path, value }) => {
    const definition = definitionAt(`${kind}Document`, path);
    const found = typeof value === 'string' ? quoted(value) : String(value);
    if (definition?.endsWith('Duration') === true && parseDuration(String(value)) > longestDuration) {
      const problem = 'too long: at most 36500d';
      return [finding(messages, 'MESH1105', locatePath(root, path), { found, problem })];
    }
    if (definition === 'Size' && parseSize(String(value)) > largestSize) {
      const problem = 'too large: at most 4095MiB';
      return [finding(messages, 'MESH1105', locatePath(root, path), { found, problem })];
    }
    const limit = definition === undefined ? undefined : limits[definition]?.(value);
    if (limit === undefined) return [];
    return [finding(messages, 'MESH1108', locatePath(root, path), { found, limit })];
  });
}

const limits: Readonly<Record<string, (value: string | number) => string | undefined>> = {
  Percentage: (value) => (typeof value === 'number' ? 'a percentage has four decimals at most' : undefined),
  Duration: wholeMilliseconds,
  PositiveDuration: wholeMilliseconds,
};

function wholeMilliseconds(value: string | number): string | undefined {
  const isWhole = Number.isInteger(parseDuration(String(value)));
  return isWhole ? undefined : 'a duration is a whole number of milliseconds';
}

interface Suspect {
  readonly path: Path;
  readonly value: string | number;
}

/**
 * Finds values that may break a limit: numbers with more than four decimals, and texts like a duration with a fraction
 * or of years, or like a large size. They are few and quick to find.
 */
function suspects(value: unknown, path: (string | number)[], found: Suspect[] = []): readonly Suspect[] {
  if (typeof value === 'number') {
    if (!Number.isInteger(value) && /\.\d{5}|e-/.test(String(value))) found.push({ path: [...path], value });
  } else if (typeof value === 'string') {
    if (/\.\d+(?:d|h|m|s|ms)|\d{4}d|\dGiB$|\d{4}MiB$|\d{7}KiB$/.test(value))
      found.push({ path: [...path], value });
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      path.push(Array.isArray(value) ? Number(key) : key);
      suspects((value as Readonly<Record<string, unknown>>)[key], path, found);
      path.pop();
    }
  }
  return found;
}
