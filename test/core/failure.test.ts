import { describe, expect, test } from 'vitest';
import { exit, exitCodes } from '../../src/core/exit-code.ts';
import { Failure } from '../../src/core/failure.ts';
import { refusalCode } from '../../src/core/refusal.ts';
import { UsageError } from '../../src/core/usage-error.ts';
import { PortError } from '../../src/ports/port-error.ts';

describe('failures of a command', () => {
  test('a usage error is not a PortError, and both are failures with a code', () => {
    const usage = new UsageError('leave --base out');
    const world = new PortError('no space left', exit.unreachable);
    expect(usage).toMatchObject({ name: 'UsageError', message: 'leave --base out', exitCode: 64 });
    expect(world).toMatchObject({ name: 'PortError', exitCode: 15 });
    expect(usage).toBeInstanceOf(Failure);
    expect(world).toBeInstanceOf(Failure);
    expect(usage).not.toBeInstanceOf(PortError);
  });

  test('every exit code has one name and a meaning', () => {
    const codes = Object.values(exit).map(String);
    expect(new Set(codes).size).toBe(codes.length);
    expect(Object.keys(exitCodes).sort()).toEqual(codes.sort());
  });

  test('of several refusals usage comes first, then findings, and a stale plan last', () => {
    const refused = (...codes: (typeof exit)[keyof typeof exit][]) =>
      refusalCode(codes.map((code) => ({ code })));
    expect(refused()).toBe(0);
    expect(refused(5, 7, 13, 4, 6, 15, 3, 64)).toBe(64);
    expect(refused(5, 7, 13, 4, 6, 15, 3)).toBe(3);
    expect(refused(5, 7, 13)).toBe(13);
    expect(refused(5, 7)).toBe(7);
  });
});
