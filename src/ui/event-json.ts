import type { StampedEvent } from '../core/run/stamped-event.ts';
import { jsonText } from './json-text.ts';

/** One event as a line of ndjson. */
export function eventJson(event: StampedEvent): string {
  return jsonText(event, 'line');
}
