import type { CalendarEntry } from '../../core/identity/rotation/calendar.ts';
import type { Trust } from '../../core/identity/trust-file.ts';
import { jsonText } from '../json-text.ts';

/** Returns the calendar of a hierarchy for people. */
export function calendarText(
  { trustDomain, phase }: Trust,
  entries: readonly CalendarEntry[],
  now: Date,
): string {
  const rows = entries.map(({ what, action, by, from, expires }) => {
    const when = from === undefined ? `by ${day(by ?? now.getTime())}` : `from ${day(from)}`;
    const end = expires === undefined ? '' : `; ends ${day(expires)}`;
    return `  ${when}  ${what}: ${action}${end}`;
  });
  return [`trust domain ${trustDomain}: ${phase}`, ...rows, ''].join('\n');
}

/** Returns the calendar in the shape of schemas/output/rotation.json. */
export function calendarJson({ trustDomain, phase }: Trust, entries: readonly CalendarEntry[]): string {
  const iso = (time: number | undefined): string | undefined =>
    time === undefined ? undefined : new Date(time).toISOString();
  return jsonText({
    formatVersion: '1.0',
    trustDomain,
    phase,
    calendar: entries.map(({ by, from, expires, ...entry }) => ({
      ...entry,
      by: iso(by),
      from: iso(from),
      expires: iso(expires),
    })),
  });
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
