import { escapeControl } from '../core/lib/escape-control.ts';
import { own } from '../core/lib/own.ts';
import type { Plan, TargetReport } from '../core/plan/plan.ts';
import type { MeaningReport, RequestBox } from '../core/reach/meaning-report.ts';
import { requestWords } from '../core/reach/request-words.ts';
import { boxConditions } from './box-conditions.ts';
import { outcomeChangeWords } from './outcome-words.ts';
import type { Palette } from './palette.ts';
import { quantity } from './quantity.ts';

/** The most boxes of each kind that a text shows, so that the meaning of a target stays under 40 lines. */
const most = { gained: 6, lost: 4, routing: 5, reasons: 3, settings: 4, strays: 4 } as const;

/** The parts of a target's report that compare the meaning. */
export type MeaningParts = Pick<
  TargetReport,
  'access' | 'routing' | 'unproved' | 'cut' | 'settings' | 'notHitless'
>;

/**
 * Returns the meaning of a plan for one target: who gains and who loses access, which requests change, and a last line
 * that says whether that is all.
 */
export function planMeaning(target: MeaningParts, colours: Palette): readonly string[] {
  const report = meaningOf(target);
  if (report === undefined) return [`Meaning (access, routing): ${colours.faint('not computed')}`];
  const { gained, lost } = report.access;
  const parts = [
    ...section('Access gained', gained, most.gained, colours.added('+'), colours),
    ...section('Access lost', lost, most.lost, colours.removed('-'), colours),
    ...section('Routing changed', report.routing, most.routing, colours.changed('~'), colours),
    ...reasons(report, colours),
    ...strays(target, colours),
  ];
  const end = meaningVerdict(report);
  return [...parts, `Meaning: ${report.unproved === undefined ? end : colours.warning(end)}`];
}

/**
 * Returns the meaning for one target of a plan; a target with the meaning of an earlier one refers to that one.
 * `uncompared` is the reason why a plan has no meaning.
 */
export function targetMeaning(
  { targets, base }: Pick<Plan, 'targets' | 'base'>,
  name: string,
  colours: Palette,
  uncompared = 'the mesh that was applied is not recorded',
): readonly string[] {
  const target = own(targets, name);
  if (target === undefined) return [];
  if (own(base, name) === undefined && meaningOf(target) === undefined)
    return [`Meaning (access, routing): ${colours.faint('nothing is applied yet to compare with')}`];
  if (meaningOf(target) === undefined)
    return [`Meaning (access, routing): ${colours.faint(`not computed: ${uncompared}`)}`];
  const textOf = (one: TargetReport): string => JSON.stringify([meaningOf(one), one.notHitless]);
  const text = textOf(target);
  const first = Object.entries(targets).find(([, other]) => textOf(other) === text)?.[0];
  const isShort = target.access === undefined || planMeaning(target, colours).length === 1;
  return first === name || first === undefined || isShort
    ? planMeaning(target, colours)
    : [`Meaning: as for target ${escapeControl(first)}`];
}

/** Returns the report of a target, or undefined if the meaning wasn't compared. */
export function meaningOf({
  access,
  routing,
  unproved,
  cut,
  settings,
}: MeaningParts): MeaningReport | undefined {
  if (access === undefined || routing === undefined) return undefined;
  return {
    access,
    routing,
    ...(unproved && { unproved }),
    ...(cut && { cut }),
    ...(settings && { settings }),
  };
}

/** Returns the last line: the verdict on single requests, and the settings that change and that it doesn't cover. */
export function meaningVerdict(report: MeaningReport): string {
  const { settings = [] } = report;
  const words = requestVerdict(report);
  if (settings.length === 0) return words;
  const shown = settings.slice(0, most.settings).map((one) => escapeControl(one));
  const rest = settings.length - shown.length;
  const more = rest > 0 ? ` and ${String(rest)} more` : '';
  return `${words}; settings that no decision shows change: ${shown.join(', ')}${more}`;
}

/** Returns that nothing changes, how many groups of requests change, or why that isn't proved. */
function requestVerdict({ access, routing, unproved, cut, settings }: MeaningReport): string {
  const count = access.gained.length + access.lost.length + routing.length;
  const more = cut === undefined ? '' : ` and more at ${cut.slice(0, 3).join(', ')}`;
  const changes = `${quantity(count, 'kind of request changes', 'kinds of requests change')}${more}`;
  if (unproved !== undefined) {
    const [first = ''] = unproved;
    const others = unproved.length === 1 ? '' : ` (and ${String(unproved.length - 1)} more reasons)`;
    return `${count === 0 ? '' : `${changes}; `}not proved: ${escapeControl(first)}${others}`;
  }
  if (count === 0)
    return settings === undefined
      ? 'nothing changes for any request (proved)'
      : 'no request is decided differently (proved)';
  return `${changes}; every other request is decided as before (proved)`;
}

function reasons({ unproved = [] }: MeaningReport, { warning }: Palette): readonly string[] {
  if (unproved.length < 2) return [];
  const shown = unproved.slice(0, most.reasons).map((why) => `  ${warning('?')} ${escapeControl(why)}`);
  const rest = unproved.length - shown.length;
  return ['Not proved:', ...shown, ...(rest > 0 ? [`    … and ${String(rest)} more`] : [])];
}

/** Returns the requests that no order of the changes keeps. */
function strays({ notHitless = [] }: MeaningParts, { warning, strong }: Palette): readonly string[] {
  if (notHitless.length === 0) return [];
  const lines = notHitless.slice(0, most.strays).map(({ request, why }) => {
    const words = request === undefined ? why : `${requestWords(request)}: ${why}`;
    return `  ${warning('!')} ${clipped(words)}`;
  });
  const rest = notHitless.length - most.strays;
  return [
    strong(`Not kept on the way (${String(notHitless.length)}):`),
    ...lines,
    ...(rest > 0 ? [`    … and ${String(rest)} more (--format json has all)`] : []),
  ];
}

function section(
  title: string,
  boxes: readonly RequestBox[],
  limit: number,
  mark: string,
  { place, faint, strong }: Palette,
): readonly string[] {
  if (boxes.length === 0) return [];
  const lines = boxes.slice(0, limit).flatMap((box) => {
    const rules = box.rules.slice(0, 3).map((line) => escapeControl(line));
    return [
      `  ${mark} ${clipped(boxWords(box))} ${faint(`[${box.id}]`)}`,
      `      ${clipped(requestWords(box.request))}: ${clipped(outcomeChangeWords(box.before, box.after, box.to))}  ${place(rules.join(' '))}`,
    ];
  });
  const rest = boxes.length - limit;
  return [
    strong(`${title} (${String(boxes.length)}):`),
    ...lines,
    ...(rest > 0 ? [`    … and ${String(rest)} more (--format json has all)`] : []),
  ];
}

/** Returns a box in one line: callers, destination, and the conditions on the requests. */
function boxWords(box: RequestBox): string {
  const { from, to, ports } = box;
  const callers =
    from.length > 4 ? `${from.slice(0, 3).join(', ')} and ${String(from.length - 3)} more` : from.join(', ');
  const conditions = boxConditions(box);
  return `${callers} → ${to}:${ports.join(',')}${conditions.length === 0 ? '' : `  ${conditions.join('; ')}`}`;
}

/** The longest part of a line, in characters. */
const longest = 240;

function clipped(text: string): string {
  return escapeControl(text.length > longest ? `${text.slice(0, longest)}…` : text);
}
