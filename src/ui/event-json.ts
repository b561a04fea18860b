import type { StampedEvent } from '../core/apply/stamped-event.ts';

/** One event as a line of ndjson. */
export function eventJson(event: StampedEvent): string {
  return `${JSON.stringify(event)}\n`;
}
