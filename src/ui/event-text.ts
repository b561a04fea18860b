import { exit } from '../core/exit-code.ts';
import { escapeControl } from '../core/lib/escape-control.ts';
import { own } from '../core/lib/own.ts';
import type { Event } from '../core/run/event.ts';
import { canaryEventText } from './canary/canary-event-text.ts';
import type { Palette } from './palette.ts';

/** Returns one line of progress for people; undefined for an event that only programs need. */
export function eventText(event: Event, colours: Palette): string | undefined {
  switch (event.type) {
    case 'start':
      return `${event.command} ${event.revision.slice(0, 12)}`;
    case 'change':
      return undefined;
    case 'switch':
      return `${event.target}: ${colours.strong(own(stages, event.stage) ?? event.stage)} ${colours.faint(event.revision)}`;
    case 'proxy':
      return proxyText(event, colours);
    case 'waiting':
      return `${event.target}:   waiting for ${escapeControl(event.ref)}: ${escapeControl(event.reason)} (until ${event.until})`;
    case 'certificate':
      return `${event.target}:   certificate of ${escapeControl(event.subject)}: ${event.action}`;
    // Without a live view the verdicts are enough, since counters are read every few seconds.
    case 'observation':
      return undefined;
    case 'rollout':
    case 'verdict':
      return canaryEventText(event, colours);
    case 'lock':
      return lockText(event, colours);
    case 'notice':
      return `${event.target === undefined ? '' : `${event.target}: `}${colours.warning('!')} ${escapeControl(event.message)}`;
    case 'end':
      return endText(event, colours);
  }
}

/** Stages of a directory in words; steps of other outputs go by their name. */
const stages: Readonly<Record<string, string>> = {
  make: 'make, the new beside the old',
  switch: 'switch, routes and listeners move over',
  break: 'break, the old goes',
  repair: 'repair, what was applied is written again',
  push: 'committed and pushed, as revision',
  propose: 'committed and pushed to a branch for a pull request, as revision',
  back: 'back to',
};

function proxyText(event: Event & { type: 'proxy' }, { added, removed, warning }: Palette): string {
  const paint = { accepted: added, rejected: removed, unseen: warning }[event.state];
  const detail = event.detail === undefined ? '' : `: ${escapeControl(event.detail)}`;
  return `${event.target}:   proxy ${escapeControl(event.id)} ${paint(event.state)}${detail}`;
}

function lockText(event: Event & { type: 'lock' }, { warning }: Palette): string | undefined {
  const { target, state, holder = 'someone', since = 'some time', until = 'then' } = event;
  const who = escapeControl(holder);
  switch (state) {
    case 'watched':
      return `${target}: ${warning('!')} the lock of ${who} (since ${since}) shows no sign of life; it is taken over at ${until} unless one comes`;
    case 'taken over':
      return `${target}: ${warning('!')} took over the lock of ${who} (since ${since})`;
    case 'lost':
      return `${target}: ${warning('!')} lost the lock`;
    case 'held':
    case 'taken':
      return undefined;
  }
}

function endText({ outcome, exitCode }: Event & { type: 'end' }, { added, error, warning }: Palette): string {
  const { result, cause, unseen = [] } = outcome;
  const why = cause === undefined ? '' : `: ${escapeControl(cause.message)}`;
  if (exitCode !== exit.success) return `${error(result)}${why}`;
  if (unseen.length === 0) return `${added(result)}${why}`;
  const said = result === 'unchanged' ? 'nothing to write' : 'written';
  const [named, verb] = [unseen.slice(0, mostNamed), unseen.length === 1 ? 'has' : 'have'];
  const more = unseen.length > mostNamed ? ` and ${String(unseen.length - mostNamed)} more` : '';
  const names = `${named.map((id) => escapeControl(id)).join(', ')}${more}`;
  return `${warning(`${said}, not confirmed`)}: ${names} ${verb} never answered; 'mesh up' starts them on this machine, and 'mesh status' says who has it`;
}

const mostNamed = 5;
