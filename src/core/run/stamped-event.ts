import type { Event } from './event.ts';

/** An event with its place in the run (cli.md). */
export type StampedEvent = Event & {
  readonly formatVersion: '1.0';
  /** The number of the event, counted from 1. */
  readonly seq: number;
  /** ISO 8601. */
  readonly time: string;
  /** ULID of the run. */
  readonly run: string;
};

/** Adds an event's number, time and run. */
export function stamped(event: Event, seq: number, time: Date, run: string): StampedEvent {
  return { formatVersion: '1.0', seq, time: time.toISOString(), run, ...event };
}
