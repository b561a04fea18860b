import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Retries } from '../../ir/retries.ts';
import type { Forward, Route } from '../../ir/route.ts';
import type { Origin } from '../../location.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2215: {
    severity: 'warning',
    text: 'a try may take {perTryTimeout} ms, but all tries together only {timeout} ms: `timeout` ends the first try already',
    explanation:
      '`timeout` holds for the whole request, all tries included, so a `perTryTimeout` above it is never reached. Raise `timeout`, or lower `perTryTimeout`.',
  },
});

/** Reports timeouts of a single try that are longer than the timeout of all tries together. */
export const perTryTimeout: Analyzer = {
  name: 'per-try-timeout',
  description: 'Reports a perTryTimeout above the timeout of the whole request.',
  messages,
  analyze({ ir }, report) {
    const seen = new Set<string>();
    for (const { settings, ports } of [...Object.values(ir.services), ...Object.values(ir.externals)]) {
      const origin = settings.origins['retries.perTryTimeout'];
      check(settings.retries, settings.timeout, origin, report, seen);
      for (const { route } of ports) if (!route.implicit) checkRoute(ir, route, report, seen);
    }
    for (const { listeners } of Object.values(ir.gateways)) {
      for (const { route } of listeners.flatMap(({ virtualHosts }) => virtualHosts))
        checkRoute(ir, route, report, seen);
    }
  },
};

function checkRoute(ir: Ir, { rules }: Route, report: Report, seen: Set<string>): void {
  for (const { action, origin } of rules) {
    if (action.type === 'forward' && !isInherited(ir, action))
      check(action.retries, action.timeout, origin, report, seen);
  }
}

/** Returns true if both times come from a service: the finding then belongs to the service. */
function isInherited(ir: Ir, { backends, retries, timeout }: Forward): boolean {
  return backends.some(({ service }) => {
    const settings = (ir.services[service] ?? ir.externals[service])?.settings;
    return settings?.timeout === timeout && settings.retries?.perTryTimeout === retries?.perTryTimeout;
  });
}

function check(
  retries: Retries | undefined,
  timeout: number,
  origin: Origin | undefined,
  report: Report,
  seen: Set<string>,
): void {
  if (retries === undefined || timeout === 0 || retries.perTryTimeout <= timeout) return;
  const at = origin ?? retries.origin;
  const key = `${at.file}:${String(at.line)}:${String(at.column)}:${String(timeout)}`;
  if (seen.has(key)) return;
  seen.add(key);
  report(finding(messages, 'MESH2215', pointAt(at), { perTryTimeout: retries.perTryTimeout, timeout }));
}
