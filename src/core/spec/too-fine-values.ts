import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { quoted } from '../lib/quoted.ts';
import { locatePath } from '../source/locate.ts';
import { parseDuration } from './duration.ts';
import { definitionAt } from './schema.ts';
import { messages } from './schema-messages.ts';
import type { Kind } from './spec.ts';

type Path = readonly (string | number)[];

/** Percentages and durations of a valid document that are finer than the language keeps, which a schema cannot say. */
export function tooFineValues(kind: Kind, root: object): readonly Diagnostic[] {
  return suspects(root, []).flatMap(({ path, value }) => {
    const definition = definitionAt(`${kind}Document`, path);
    const limit = definition === undefined ? undefined : limits[definition]?.(value);
    if (limit === undefined) return [];
    const found = typeof value === 'string' ? quoted(value) : String(value);
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

/** Numbers with more than four decimals and texts that look like a duration with a fraction: few, and cheap to find. */
function suspects(value: unknown, path: (string | number)[], found: Suspect[] = []): readonly Suspect[] {
  if (typeof value === 'number') {
    if (!Number.isInteger(value) && /\.\d{5}|e-/.test(String(value))) found.push({ path: [...path], value });
  } else if (typeof value === 'string') {
    if (/\.\d+(?:d|h|m|s|ms)/.test(value)) found.push({ path: [...path], value });
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      path.push(Array.isArray(value) ? Number(key) : key);
      suspects((value as Readonly<Record<string, unknown>>)[key], path, found);
      path.pop();
    }
  }
  return found;
}
