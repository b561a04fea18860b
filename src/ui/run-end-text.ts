import type { RunCommand } from '../core/history/entry.ts';
import type { Counts } from '../core/revision/object-operation.ts';
import type { Outcome } from '../core/run/event.ts';
import { countsText } from './plan-text.ts';
import { quantity } from './quantity.ts';

/** The facts about a run that has ended. */
export interface RunEnd {
  readonly command: RunCommand;
  /** Id of the run in the history. */
  readonly id: string;
  readonly outcome: Outcome;
  readonly planned: Counts;
  /** Number of proxies of the new revision by their last state; `silent` ones were waited for in vain. */
  readonly proxies: {
    readonly accepted: number;
    readonly unseen: number;
    readonly rejected: number;
    readonly silent: number;
  };
  readonly milliseconds: number;
  /** Options that the next command needs to find the same outputs, each after a space. */
  readonly place: string;
  /** Options that the way back needs, each after a space; undefined if there is nothing to go back to. */
  readonly back: string | undefined;
}

/** Returns the end of a run for people: the numbers, the id of the history, and the commands that lead on or back. */
export function runEndText(end: RunEnd): string {
  return `${[headText(end), ...waysOn(end)].join('\n')}\n`;
}

function headText({ command, outcome, planned, proxies, milliseconds }: RunEnd): string {
  const { result } = outcome;
  const seconds = `${String(Math.round(milliseconds / 100) / 10)} s`;
  const asked = (['accepted', 'rejected', 'unseen', 'silent'] as const).flatMap((state) =>
    proxies[state] === 0 ? [] : [`${quantity(proxies[state], 'proxy', 'proxies')} ${said[state]}`],
  );
  const heard = asked.length === 0 ? '' : `; ${asked.join(', ')}`;
  if (result === 'unchanged') return `${command}: nothing to write${heard} (${seconds})`;
  if (result === 'succeeded') {
    // A proxy that never ran doesn't fail a run, but confirms nothing either.
    const end = proxies.unseen > 0 ? ': written, not confirmed' : ' succeeded';
    return `${command}${end}: ${doneText(planned)}${heard} (${seconds})`;
  }
  if (result === 'refused') return `${command} refused: nothing was written (${seconds})`;
  return `${command} ${result}, of ${countsText(planned)}${heard} (${seconds})`;
}

const said = {
  accepted: 'accepted',
  rejected: 'rejected it',
  unseen: 'never answered',
  silent: 'did not confirm it',
} as const;

/** Returns `2 created, 1 updated, 0 deleted`, and other operations that occur. */
function doneText(counts: Counts): string {
  const always = [
    `${String(counts.create)} created`,
    `${String(counts.update)} updated`,
    `${String(counts.delete)} deleted`,
  ];
  const others = (['replace', 'adopt', 'release'] as const)
    .filter((op) => counts[op] > 0)
    .map(
      (op) => `${String(counts[op])} ${{ replace: 'replaced', adopt: 'adopted', release: 'released' }[op]}`,
    );
  return [...always, ...others].join(', ');
}

/** Returns the commands that lead on: to the changes of the run, back, or on from where the run stopped. */
function waysOn({ command, id, outcome, place, back }: RunEnd): readonly string[] {
  const changes = `to see what changed: mesh history ${id}${place}`;
  const toGoBack = back === undefined ? [] : [`to go back: mesh rollback${place}${back}`];
  const toStart = outcome.gone !== undefined ? [`to start proxies on this machine: mesh up${place}`] : [];
  switch (outcome.result) {
    case 'succeeded':
      return [...(command === 'rollback' ? held(id, place) : []), changes, ...toGoBack];
    case 'incomplete':
    case 'unconfirmed':
    case 'failed':
    case 'interrupted':
      return [
        ...toStart,
        `to go on: mesh apply --resume${place}`,
        ...toGoBack,
        changes,
        `to see where it stands: mesh status${place}`,
      ];
    case 'refused':
      return toStart;
    case 'unchanged':
    case 'declined':
      return [];
  }
}

/** Returns the reason why the next apply will be refused, and the way on: a rollback holds the output. */
function held(id: string, place: string): readonly string[] {
  return [
    'held: apply is refused until Git has reverted what was rolled back',
    `to release it: mesh apply${place} --release-hold ${id}`,
  ];
}
