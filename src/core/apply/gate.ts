import { acceptance, draining } from '../health/acceptance.ts';
import { type ProxyReport, proxyReport, reportPath } from '../health/proxy-report.ts';
import type { Surroundings } from './delivery.ts';
import type { Event } from './event.ts';
import type { WatchedProxy } from './watched-proxies.ts';

/** How a stage was received. */
export type Gate =
  | { readonly state: 'accepted'; readonly seen: ReadonlySet<string>; readonly silent: readonly string[] }
  | { readonly state: 'rejected'; readonly seen: ReadonlySet<string>; readonly message: string }
  | { readonly state: 'late'; readonly seen: ReadonlySet<string>; readonly message: string }
  | { readonly state: 'interrupted'; readonly seen: ReadonlySet<string> };

/** A proxy that was never seen is given this long, in milliseconds. */
const unseenGrace = 2_000;
/** One that was seen and doesn't answer may be starting anew. */
const silentGrace = 5_000;
const pollEvery = 100;
const answerWithin = 2_000;
const atOnce = 32;

/**
 * Asks every proxy until each has accepted what was written; ends at the first that rejects it. With `drained` it also
 * waits until no connection lives by the rules of before.
 */
export async function* gate(
  target: string,
  watched: readonly WatchedProxy[],
  drained: boolean,
  around: Surroundings,
): AsyncGenerator<Event, Gate> {
  const started = around.clock.now().getTime();
  const limit = around.timeout + (drained ? Math.max(0, ...watched.map(({ drainTime }) => drainTime)) : 0);
  const until = new Date(started + limit).toISOString();
  const seen = new Set(watched.filter((proxy) => proxy.seen).map(({ id }) => id));
  const silent: string[] = [];
  const reasons = new Map<string, string>();
  let pending = [...watched];
  for (;;) {
    const reports = await ask(pending, around);
    const elapsed = around.clock.now().getTime() - started;
    const left: WatchedProxy[] = [];
    for (const [i, proxy] of pending.entries()) {
      const answer = verdict(proxy, reports[i], drained, elapsed, seen);
      if (answer.state === 'rejected') {
        yield { type: 'proxy', target, id: proxy.id, state: 'rejected', detail: answer.detail };
        return { state: 'rejected', seen, message: `proxy ${proxy.id} ${answer.detail}` };
      }
      if (answer.state === 'accepted') yield { type: 'proxy', target, id: proxy.id, state: 'accepted' };
      if (answer.state === 'unseen')
        yield { type: 'proxy', target, id: proxy.id, state: 'unseen', detail: answer.detail };
      if (answer.state === 'silent') silent.push(proxy.id);
      if (answer.state !== 'waiting') continue;
      left.push(proxy);
      if (elapsed >= 1_000 && seen.has(proxy.id) && reasons.get(proxy.id) !== answer.reason) {
        reasons.set(proxy.id, answer.reason);
        yield { type: 'waiting', target, ref: proxy.id, reason: answer.reason, until };
      }
    }
    pending = left;
    if (pending.length === 0) return { state: 'accepted', seen, silent };
    if (around.signal.aborted) return { state: 'interrupted', seen };
    if (elapsed >= limit) return { state: 'late', seen, message: lateness(pending, reasons) };
    await around.clock.sleep(pollEvery, around.signal);
  }
}

/** What each proxy shows now, in order; nothing of one that doesn't answer. */
export async function ask(
  proxies: readonly WatchedProxy[],
  { admin }: Pick<Surroundings, 'admin'>,
): Promise<readonly (ProxyReport | undefined)[]> {
  const reports: (ProxyReport | undefined)[] = [];
  for (let from = 0; from < proxies.length; from += atOnce) {
    const some = proxies.slice(from, from + atOnce).map(async ({ admin: address, expected }) => {
      const path = reportPath(expected.some(({ kind }) => kind === 'endpoints'));
      const body = await admin.get(address, path, answerWithin);
      return body === undefined ? undefined : proxyReport(body);
    });
    reports.push(...(await Promise.all(some)));
  }
  return reports;
}

type Verdict =
  | { readonly state: 'accepted' | 'silent' }
  | { readonly state: 'unseen' | 'rejected'; readonly detail: string }
  | { readonly state: 'waiting'; readonly reason: string };

function verdict(
  proxy: WatchedProxy,
  report: ProxyReport | undefined,
  drained: boolean,
  elapsed: number,
  seen: Set<string>,
): Verdict {
  const address = `its admin address ${proxy.admin}`;
  if (report === undefined) {
    if (!seen.has(proxy.id)) {
      if (elapsed < unseenGrace) return { state: 'waiting', reason: `${address} has never answered` };
      return { state: 'unseen', detail: `${address} has never answered` };
    }
    if (elapsed >= silentGrace) return { state: 'silent' };
    return { state: 'waiting', reason: `${address} no longer answers` };
  }
  seen.add(proxy.id);
  const answer = acceptance(proxy.expected, proxy.before, report);
  if (answer.state !== 'accepted' || !drained) return answer;
  const old = draining(report);
  return old === 0
    ? answer
    : { state: 'waiting', reason: `${old} listeners drain: open connections keep their old rules` };
}

function lateness(pending: readonly WatchedProxy[], reasons: ReadonlyMap<string, string>): string {
  const [first] = pending;
  const more = pending.length > 1 ? `, and ${pending.length - 1} more` : '';
  return `proxy ${first?.id ?? ''} did not accept in time: ${reasons.get(first?.id ?? '') ?? 'no answer'}${more}`;
}
