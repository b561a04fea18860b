import type { CanaryEvent, RolloutState } from '../../core/canary/progress/canary-event.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import type { Palette } from '../palette.ts';
import { share } from './share.ts';

/** Returns one line about an event of a rollout, for people without a live view. */
export function canaryEventText(event: CanaryEvent, palette: Palette): string {
  return `${escapeControl(event.rollout)}: ${canaryEventWords(event, palette)}`;
}

/** Returns the same line without the name of the rollout. */
export function canaryEventWords(event: CanaryEvent, palette: Palette): string {
  switch (event.type) {
    case 'rollout':
      return rolloutText(event, palette);
    case 'observation': {
      const arm = (name: 'baseline' | 'candidate'): string => {
        const { requests, errors } = event[name];
        return `${name} ${String(requests)} requests, ${share(errors / requests)} bad`;
      };
      const failed =
        event.failed === undefined ? '' : `; ${palette.warning('!')} ${escapeControl(event.failed)}`;
      return `  ${arm('baseline')}; ${arm('candidate')}${failed}`;
    }
    case 'verdict':
      return `  ${verdictWord(event, palette)}: ${escapeControl(event.message)}${blameText(event)}`;
  }
}

/** Returns a line about a step or a state. */
function rolloutText(event: CanaryEvent & { readonly type: 'rollout' }, palette: Palette): string {
  const { step, steps, state, detail } = event;
  const where = step === 0 ? '' : `step ${String(step)} of ${String(steps)}, `;
  // The event of the way back has reported the reason already.
  const why = detail === undefined || state === 'rolled back' ? '' : `: ${escapeControl(detail)}`;
  return `${where}${weightsText(event)}, ${stateWord(state, palette)}${why}`;
}

/** Returns the shares of the candidate: `5 %`, or by service if they differ. */
export function weightsText({
  weights,
}: Pick<CanaryEvent & { readonly type: 'rollout' }, 'weights'>): string {
  const entries = Object.entries(weights);
  const [first] = entries;
  if (first === undefined) return percent(0);
  if (entries.every(([, weight]) => weight === first[1])) return percent(first[1]);
  return entries.map(([service, weight]) => `${escapeControl(service)} ${percent(weight)}`).join(', ');
}

/** Returns the word for a state, coloured by what it means. */
export function stateWord(state: RolloutState, palette: Palette): string {
  if (state === 'promoted') return palette.added(state);
  if (state === 'rolling back' || state === 'rolled back') return palette.error(state);
  return state === 'held' || state === 'paused' || state === 'gate' ? palette.warning(words[state]) : state;
}

const words = { held: 'held', paused: 'paused', gate: 'waiting for approval' } as const;

/** Returns the word for a verdict, coloured by what it means. */
export function verdictWord(
  { verdict }: Pick<CanaryEvent & { readonly type: 'verdict' }, 'verdict'>,
  palette: Palette,
): string {
  if (verdict === 'pass') return palette.added(verdict);
  if (verdict === 'fail') return palette.error(verdict);
  return verdict === 'watching' ? verdict : palette.warning(verdict);
}

/** Returns the words that name the origin of errors; empty if it isn't known. */
export function blameText({ blame }: Pick<CanaryEvent & { readonly type: 'verdict' }, 'blame'>): string {
  return blame === undefined ? '' : ` (${blamed[blame]})`;
}

const blamed = {
  application: 'the application itself answers badly',
  mesh: 'the failures arise between caller and application',
  dependency: 'both versions fail: something behind them',
} as const;

function percent(weight: number): string {
  return `${String(Number(weight.toFixed(4)))} %`;
}
