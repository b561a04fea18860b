import { expect, test } from 'vitest';
import { lastWords } from '../../../src/commands/local-run/last-words.ts';

const at = '[2026-11-29 10:24:07.822][24743]';

test('a stack trace at the end of the log is not the reason', () => {
  const log = [
    `${at}[critical][main] [source/server/server.cc:433] error initializing configuration: no such file`,
    `${at}[error][envoy_bug] [./source/common/common/assert.h:60] stacktrace for envoy bug`,
    `${at}[critical][backtrace] [./source/server/backtrace.h:173] Caught Aborted`,
    `${at}[critical][backtrace] [./source/server/backtrace.h:166] #0: [0x7f86db1ee050]`,
  ].join('\n');
  expect(lastWords(log)).toBe('error initializing configuration: no such file');
});

test('an Envoy without an inotify instance gets the way out, as Envoy 1.40 writes it', () => {
  const log = `${at}[critical][assert] [source/common/filesystem/inotify/watcher_impl.cc:25] assert failure: inotify_fd_ >= 0. Details: Consider increasing value of fs.inotify.max_user_watches and/or fs.inotify.max_user_instances via sysctl\n${at}[critical][backtrace] [./source/server/backtrace.h:166] #0: [0x7f86db1ee050]\n`;
  expect(lastWords(log)).toContain('sysctl fs.inotify.max_user_instances=8192');
});

test('an error is the reason if nothing is critical, and a log without either has none', () => {
  expect(
    lastWords(`${at}[error][main] [source/a.cc:1] address in use\n${at}[info][main] [b.cc:1] end\n`),
  ).toBe('address in use');
  expect(lastWords(`${at}[info][main] [b.cc:1] end\n`)).toBeUndefined();
});
