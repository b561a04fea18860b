import type { Options } from '../../command-table/invocation.ts';
import type { Event } from '../../core/run/event.ts';
import { eventText } from '../../ui/event-text.ts';
import { palette } from '../../ui/palette.ts';
import { wrapLines } from '../../ui/wrap-lines.ts';
import { isForPeople } from '../formats.ts';
import type { DeliveringParts } from './delivery-parts.ts';

/** Shows the events of a run to people. */
export interface Follower {
  readonly show: (event: Event) => void;
  /** Returns true if a line has already said these words. */
  readonly hasSaid?: (words: string) => boolean;
  /** Ends the view. Call it however the run ends, before writing anything else. */
  readonly end: () => Promise<void>;
}

/**
 * Returns a live view if standard error is a terminal that can show one, else lines. A program that reads standard output
 * may print on the same terminal, where its lines would tear a live view: the lines then go to that program alone.
 */
export async function follower(
  targets: readonly string[],
  options: Options<'format' | 'output' | 'quiet'>,
  parts: Pick<DeliveringParts, 'console' | 'clock' | 'signal'>,
): Promise<Follower> {
  const { console, clock, signal } = parts;
  if (isShown(options) && !options.quiet && console.liveError !== undefined) {
    const log = isLogged(options, parts) ? loggedLines(parts) : undefined;
    if (console.outIsPipe)
      return log === undefined ? lines(options, parts) : { show: log, end: () => Promise.resolve() };
    const { liveView } = await import('../../ui/live/live-view.ts');
    const now = () => clock.now();
    const giveBack = console.takeKeys?.();
    const view = liveView({
      screen: console.liveError,
      print: (text) => console.error(text),
      targets,
      now,
      signal,
      palette: palette(console.errorColour),
    });
    return {
      show(event) {
        view.show(event);
        log?.(event);
      },
      async end() {
        await view.end();
        giveBack?.();
      },
    };
  }
  return lines(options, parts);
}

/** Returns true if standard output is a file or a pipe that people read later (`apply --yes > log`). */
function isLogged(
  options: Options<'format' | 'output'>,
  { console }: Pick<DeliveringParts, 'console'>,
): boolean {
  return isForPeople(options) && options.output === undefined && !console.outIsTerminal;
}

/** Returns a function that writes a line for each event to standard output. */
function loggedLines({ console }: Pick<DeliveringParts, 'console'>): (event: Event) => void {
  const colours = palette(console.outColour);
  return (event) => {
    const line = eventText(event, colours);
    if (line !== undefined && event.type !== 'end') console.out(`${line}\n`, 'text');
  };
}

/** Returns the live view of a rollout if `follower` would return one, else lines. */
export async function rolloutFollower(
  options: Options<'format' | 'output' | 'quiet'>,
  parts: Pick<DeliveringParts, 'console' | 'clock' | 'signal'>,
): Promise<Follower> {
  const { console, clock, signal } = parts;
  if (!isShown(options) || options.quiet || console.liveError === undefined || console.outIsPipe)
    return lines(options, parts);
  const { canaryView } = await import('../../ui/live/canary/canary-view.ts');
  return canaryView({
    screen: console.liveError,
    print: (text) => console.error(text),
    now: () => clock.now(),
    signal,
    palette: palette(console.errorColour),
  });
}

/**
 * Returns a view with a line for each event. Prints no lines if only programs read the output, and with `--quiet` only
 * the end. A repeated verdict gets no line, since each reading has one; a reason is printed once.
 */
export function lines(
  options: Options<'format' | 'output' | 'quiet'>,
  { console }: Pick<DeliveringParts, 'console'>,
): Follower {
  const colours = palette(console.errorColour);
  const columns = console.liveError === undefined ? Number.POSITIVE_INFINITY : console.columns;
  let told = '';
  const said = new Set<string>();
  return {
    hasSaid: (words) => said.has(words),
    show(event) {
      if (event.type === 'verdict') {
        const news = `${event.rollout} ${event.verdict} ${event.code}`;
        if (news === told) return;
        told = news;
      }
      if (!isShown(options) || (options.quiet && event.type !== 'end')) return;
      const line = eventText(sayOnce(event, said), colours);
      if (line !== undefined) console.error(`${wrapLines(line, columns)}\n`);
    },
    end: () => Promise.resolve(),
  };
}

/** Returns the event without a detail that an earlier line has printed, and notes the words of the event. */
function sayOnce(event: Event, said: Set<string>): Event {
  if (event.type === 'verdict') said.add(event.message);
  if (event.type !== 'rollout' || event.detail === undefined) return event;
  const { detail, ...rest } = event;
  if (said.has(detail)) return rest;
  if (event.state !== 'rolled back') said.add(detail);
  return event;
}

function isShown(options: Options<'format' | 'output'>): boolean {
  return isForPeople(options) || options.output !== undefined;
}
