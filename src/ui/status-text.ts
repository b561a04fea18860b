import type { IssuerLife } from '../core/identity/issuer-life.ts';
import { escapeControl } from '../core/lib/escape-control.ts';
import type { ArrivedObject } from '../core/outputs/arrived-object.ts';
import {
  type CertificateStatus,
  concerns,
  type ProxyStatus,
  type TargetStatus,
} from '../core/status/status.ts';
import { beside } from './beside.ts';
import type { Palette } from './palette.ts';
import { quantity } from './quantity.ts';
import { rolloutStandings } from './rollout-lines.ts';

/** Returns the state of a target: the answer first, then a line for each fact. */
export function statusText(
  name: string,
  status: TargetStatus,
  now: Date,
  colours: Palette,
  columns: number,
): string {
  const { applied, revision, run, hold, lock, differing } = status;
  const rows: readonly (readonly [string, string] | undefined)[] = [
    ['applied', applied === undefined ? 'nothing yet' : appliedText(applied, now)],
    revision === undefined ? undefined : ['in force', revision],
    proxyRow(status.proxies, columns),
    objectRow(status.objects, columns),
    certificateRow(status.certificates),
    status.renewed === undefined ? undefined : ['renewed', `what was due, ${ago(status.renewed, now)}`],
    issuerRow(status.issuers),
    ...rolloutStandings(status.rollouts ?? []).map((text) => ['rollout', text] as const),
    run && [
      'run',
      `${run.command} ${run.id}${run.actor === undefined ? '' : ` of ${run.actor}`} is not finished: ${run.reached} of ${quantity(run.stages, 'stage')} reached (mesh apply --resume goes on, mesh rollback undoes)`,
    ],
    hold && [
      'hold',
      `at ${hold.entry} since ${hold.by} rolled back, ${ago(hold.since, now)} (mesh apply --release-hold ${hold.id})`,
    ],
    lock && [
      'lock',
      `${lock.holder ?? 'somebody'} runs ${lock.command ?? 'something'} since ${lock.since ?? 'some time'}${lock.isGone ? ', but its process is gone: the next run takes the lock over' : ''}`,
    ],
    differing.length === 0
      ? undefined
      : [
          'drift',
          `${named(differing)} ${differing.length === 1 ? 'is' : 'are'} not as applied (mesh drift says more)`,
        ],
  ];
  const lines = rows.flatMap((row) => {
    if (row === undefined) return [];
    const [title, text] = row;
    const shown = `  ${title}`;
    return [beside(shown, shown.length, escapeControl(text), { indent: width + 2, columns })];
  });
  return `${colours.strong(`Target ${escapeControl(name)}`)}  ${answer(status, colours)}\n${lines.join('\n')}\n`;
}

const width = 14;

const words = {
  8: 'a run is not finished',
  9: 'not healthy',
  13: 'certificates need care',
  2: 'not as applied',
} as const;

function answer(status: TargetStatus, { added, error, warning }: Palette): string {
  const found = concerns(status);
  const [worst] = found;
  if (worst !== undefined)
    return (worst === 2 ? warning : error)(found.map((code) => words[code]).join(', '));
  if (status.lock !== undefined && !status.lock.isGone) return warning('a run is under way');
  if (status.applied === undefined) return warning('nothing applied');
  if (status.objects !== undefined)
    return status.objects.every(({ state }) => state === 'healthy')
      ? added('healthy')
      : warning('arrived, health unknown');
  const unseen = status.proxies.filter(({ state }) => state === 'unseen').length;
  // No proxy confirms the revision: none answered, or the target has no proxies of its own.
  if (unseen === status.proxies.length) return warning('applied, health unknown');
  return unseen === 0 ? added('healthy') : added('healthy as far as seen');
}

function appliedText(entry: NonNullable<TargetStatus['applied']>, now: Date): string {
  const commit =
    entry.commit === undefined
      ? 'no commit'
      : `commit ${entry.commit.slice(0, 12)}${entry.dirty ? ' and changes' : ''}`;
  const what = entry.rollbackOf === undefined ? '' : `, a rollback to ${entry.rollbackOf}`;
  return `${entry.id}, ${commit}, by ${entry.actor}, ${ago(entry.finished ?? entry.started, now)}${what}`;
}

/** Returns the objects in a controller's cluster; objects that need attention come first. */
function objectRow(
  objects: readonly ArrivedObject[] | undefined,
  columns: number,
): readonly [string, string] | undefined {
  if (objects === undefined) return undefined;
  const said = {
    missing: 'not there',
    behind: 'not as committed',
    failed: 'failed',
    'in progress': 'in progress',
    unknown: 'as committed, without a status',
    healthy: 'healthy',
  } as const;
  const counts = Object.entries(said).flatMap(([state, words]) => {
    const number = objects.filter((one) => one.state === state).length;
    return number === 0 ? [] : [`${number} ${words}`];
  });
  const others = objects.filter(({ state }) => state !== 'healthy' && state !== 'unknown');
  const shown = others
    .slice(0, most)
    .map(({ ref, detail }) => (detail === undefined ? ref : `${ref} (${detail})`));
  const more = others.length > most ? [`and ${others.length - most} more`] : [];
  const details = columns < 40 ? [] : [...shown, ...more];
  const text = counts.length === 0 ? 'no objects' : counts.join(', ');
  return ['cluster', details.length === 0 ? text : `${text}: ${details.join('; ')}`];
}

function proxyRow(proxies: readonly ProxyStatus[], columns: number): readonly [string, string] | undefined {
  if (proxies.length === 0) return undefined;
  const order = ['accepted', 'behind', 'silent', 'unseen'] as const;
  const said = {
    accepted: ['has it', 'have it'],
    behind: ['shows another', 'show another'],
    silent: ['is silent', 'are silent'],
    unseen: ['never seen', 'never seen'],
  } as const;
  const counts = order.flatMap((state) => {
    const number = proxies.filter((proxy) => proxy.state === state).length;
    return number === 0 ? [] : [`${number} ${said[state][number === 1 ? 0 : 1]}`];
  });
  const foreign = proxies.filter((proxy) => proxy.foreign).length;
  if (foreign > 0) counts.push(`another process answers at the address of ${foreign}`);
  const others = proxies.filter(({ state }) => state !== 'accepted');
  const shown = others.slice(0, most).map(({ id, detail = '' }) => `${id} (${detail})`);
  const more = others.length > most ? [`and ${others.length - most} more`] : [];
  const isDown = proxies.some(({ state, foreign }) => (state === 'silent' || state === 'unseen') && !foreign);
  const starts = isDown ? ['mesh up starts proxies on this machine'] : [];
  const details = columns < 40 ? [] : [...shown, ...more, ...starts];
  return [
    'proxies',
    [`${counts.join(', ')}${details.length > 0 ? ':' : ''}`, details.join('; ')].filter(Boolean).join(' '),
  ];
}

const most = 5;

function certificateRow(all: readonly CertificateStatus[]): readonly [string, string] | undefined {
  if (all.length === 0) return undefined;
  const [first] = [...all].sort((a, b) => (a.daysLeft ?? -1e9) - (b.daysLeft ?? -1e9));
  const bad = all.filter(({ state }) => state !== 'good');
  const counts = bad.length === 0 ? `${all.length} good` : `${all.length - bad.length} of ${all.length} good`;
  const others = bad
    .slice(0, most)
    .map(({ proxy, state, detail }) => `${proxy} (${state}${detail === undefined ? '' : `: ${detail}`})`);
  const next =
    first?.expires === undefined ? '' : `; the first ends ${first.expires}, ${left(first.daysLeft ?? 0)}`;
  return ['certificates', `${[counts, ...others].join(', ')}${next}`];
}

/** Returns the row of the issuers that need attention; undefined if there are none. */
function issuerRow(all: readonly IssuerLife[] = []): readonly [string, string] | undefined {
  const bad = all.filter(({ state }) => state !== 'good');
  if (bad.length === 0) return undefined;
  const words = bad.map(({ what, state, expires, daysLeft }) =>
    state === 'early' ? `${what} is not valid yet` : `${what} ends ${expires}, ${left(daysLeft)}`,
  );
  return ['signers', `${words.join('; ')} (mesh explain MESH4020)`];
}

function left(days: number): string {
  if (days < 0) return 'which is past';
  return days === 0 ? 'less than a day left' : `${quantity(days, 'day')} left`;
}

function named(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(', ');
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more` : shown;
}

function ago(time: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(time)) / 60_000);
  if (Number.isNaN(minutes)) return time;
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${quantity(minutes, 'minute')} ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${quantity(hours, 'hour')} ago` : `${quantity(Math.floor(hours / 24), 'day')} ago`;
}
