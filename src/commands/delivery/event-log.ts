import type { Options } from '../../command-table/invocation.ts';
import type { Event } from '../../core/run/event.ts';
import { stamped } from '../../core/run/stamped-event.ts';
import { eventJson } from '../../ui/event-json.ts';
import { wantedFormats } from '../formats.ts';
import type { DeliveringParts } from './delivery-parts.ts';
import { type Follower, follower, lines, rolloutFollower } from './follower.ts';

/** The options that say where events go. */
export type LogOptions = Options<'format' | 'output' | 'quiet'> & { readonly formats: readonly string[] };

type Start = Event & { readonly type: 'start' };

/** Reports events in order: to programs by ndjson, to people by lines or, after `watch`, by a live view. */
export class EventLog {
  private readonly parts: DeliveringParts;
  private readonly invocation: LogOptions;
  private readonly run: string;
  private readonly files: readonly string[];
  private readonly toOut: boolean;
  private people: Follower;
  private said: Follower['hasSaid'];
  private early: { readonly event: Event; readonly time: Date }[] | undefined = [];
  private seq = 0;
  private kept = '';
  private ended = false;

  constructor(run: string, invocation: LogOptions, parts: DeliveringParts) {
    this.run = run;
    this.invocation = invocation;
    this.parts = parts;
    const output = invocation.output;
    const wanted = wantedFormats(invocation).filter(({ format }) => format === 'ndjson');
    this.files = wanted.flatMap(({ file = output }) => file ?? []);
    this.toOut = wanted.some(({ file }) => file === undefined) && output === undefined;
    this.people = lines(invocation, parts);
  }

  /** Writes the first event; events reported before it follow right after. */
  start(event: Omit<Start, 'type'>): void {
    if (this.early === undefined) return;
    const told = this.early;
    this.early = undefined;
    this.write({ type: 'start', ...event }, told[0]?.time ?? this.parts.clock.now());
    for (const one of told) this.write(one.event, one.time);
  }

  tell(event: Event): void {
    this.people.show(event);
    this.ended ||= event.type === 'end';
    const time = this.parts.clock.now();
    if (this.early === undefined) this.write(event, time);
    else this.early.push({ event, time });
  }

  /** Reports the end of a run whose outcome the command itself prints for people. */
  end(event: Omit<Event & { readonly type: 'end' }, 'type'>): void {
    this.ended = true;
    this.write({ type: 'end', ...event }, this.parts.clock.now());
  }

  /** Starts the live view if there is a terminal for it. */
  async watch(targets: readonly string[], start: Omit<Start, 'type'>): Promise<void> {
    this.start(start);
    this.people = await follower(targets, this.invocation, this.parts);
    this.people.show({ type: 'start', ...start });
  }

  /** Starts the live view of a rollout if there is a terminal for it. */
  async watchRollout(start: Omit<Start, 'type'>): Promise<void> {
    this.start(start);
    this.people = await rolloutFollower(this.invocation, this.parts);
  }

  /** Returns true if a line for people has already said these words. */
  hasSaid(words: string): boolean {
    return this.said?.(words) === true;
  }

  /** Returns true if the last event was reported. */
  get isEnded(): boolean {
    return this.ended;
  }

  /** Ends the view and writes the files of `--format`. */
  async close(): Promise<void> {
    await this.people.end();
    this.said = this.people.hasSaid;
    this.people = lines(this.invocation, this.parts);
    if (this.early !== undefined) return;
    for (const file of this.files) await this.parts.writeOutput(file, this.kept, 'json');
  }

  private write(event: Event, time: Date): void {
    this.seq++;
    const line = eventJson(stamped(event, this.seq, time, this.run));
    if (this.files.length > 0) this.kept += line;
    if (this.toOut) this.parts.console.out(line, 'json');
  }
}
