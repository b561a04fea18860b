import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { RetryCondition } from '../../ir/retries.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';
import { retriedCalls } from '../retried-calls.ts';

const messages = defineMessages({
  MESH2215: {
    severity: 'warning',
    text: 'a try may take {perTryTimeout} ms, but all tries together only {timeout} ms: `timeout` ends the first try already',
    explanation:
      '`timeout` holds for the whole request, all tries included, so a `perTryTimeout` above it is never reached. Raise `timeout`, or lower `perTryTimeout`.',
  },
  MESH2209: {
    severity: 'warning',
    text: 'of {tries} tries of {perTryTimeout} ms only {most} begin before `timeout` ends the request after {timeout} ms',
    explanation:
      '`timeout` holds for the whole request, all tries included. If each try lasts until its `perTryTimeout`, the later ones never begin. Raise `timeout`, or lower `perTryTimeout` or `attempts`.',
  },
});

/** Failures for which a try that lasts too long is tried again. */
const timeouts: ReadonlySet<RetryCondition> = new Set<RetryCondition>(['reset', 'gateway-error', '5xx']);

/** Reports timeouts of single tries that don't fit into the timeout of all tries together. */
export const perTryTimeout: Analyzer = {
  name: 'per-try-timeout',
  description:
    'Reports a perTryTimeout above the timeout of the whole request, and tries that have no time left.',
  messages,
  analyze({ ir }, report) {
    for (const { retries, timeout, origin } of retriedCalls(ir)) {
      const { perTryTimeout: perTry, attempts, on } = retries;
      if (timeout === 0 || perTry === 0) continue;
      const most = Math.ceil(timeout / perTry);
      const values = { perTryTimeout: perTry, timeout };
      if (perTry > timeout) report(finding(messages, 'MESH2215', pointAt(origin), values));
      else if (most <= attempts && on.some((one) => timeouts.has(one)))
        report(finding(messages, 'MESH2209', pointAt(origin), { ...values, tries: attempts + 1, most }));
    }
  },
};
