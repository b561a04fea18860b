import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { commands, HostileRepository, places, telling } from './hostile-repository.ts';
import { harmless, programSettings } from './program-settings.ts';

/**
 * True for the whole table (`npm run attack`), which takes minutes; `test/cli/attack-git.test.ts` is the short form.
 */
const isLong = process.env['ATTACK'] === 'all';

const looksLikeProgram =
  /cmd|command|program|helper|hook|editor|pager|textconv|driver|clean|smudge|process|proxy|askpass|external|pack$|tunnel|httpd|browser|viewer|path$|alias|fsmonitor|filter|tool|vcs|insteadof|include|file$|sendmail|smtp|signature|promisor|update$|sshcommand/i;

// A newer Git may have further settings, on which the short form must not depend.
test.runIf(isLong)('the table has every setting of this Git whose name suggests a program', () => {
  const names = execFileSync('git', ['help', '--config'], { encoding: 'utf8' }).split('\n');
  const table = Object.keys(programSettings).map((name) => new RegExp(`^${patternOf(name)}$`, 'i'));
  const unknown = names
    .filter((name) => /^[a-z0-9]+\./i.test(name) && looksLikeProgram.test(name))
    .filter((name) => !harmless.has(name) && !/^(?:fsck|receive\.fsck|fetch\.fsck|advice|color)\./.test(name))
    .filter((name) => !table.some((pattern) => pattern.test(name.replaceAll(/<[^>]*>|\*/g, 'X'))));
  expect(unknown).toEqual([]);
});

/** Returns a pattern for a name of the table; its variable part matches anything. */
function patternOf(name: string): string {
  const parts = name.split('.');
  const last = parts.at(-1) ?? '';
  if (['alias', 'pager'].includes(parts[0] ?? '')) return `${parts[0] ?? ''}\\..*`;
  return parts.length === 2
    ? `${parts[0] ?? ''}\\.(?:X\\.)?${last}`
    : `${parts[0] ?? ''}\\.(?:.*\\.)?${last}`;
}

describe.runIf(isLong).each(places.map((place) => [place] as const))(
  'programs that settings of Git name in: %s',
  (place) => {
    test.each(commands.map((args) => [args.join(' '), args] as const))(
      'mesh %s runs none of them',
      (_, args) => {
        const repository = new HostileRepository(place);
        const { ran, marks } = repository.ran(args);
        expect({ marks, defect: ran.error.includes('defect of mesh') }).toEqual({ marks: [], defect: false });
      },
    );
  },
);

test.runIf(isLong).each(Object.keys(programSettings))(
  'the setting %s alone makes no command run its program',
  (setting) => {
    const repository = new HostileRepository('config', [setting]);
    expect(telling.flatMap((args) => repository.ran(args).marks)).toEqual([]);
  },
);
