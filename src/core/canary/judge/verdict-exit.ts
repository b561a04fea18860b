import { type ExitCode, exit } from '../../exit-code.ts';
import type { JudgePolicy } from './judge-policy.ts';
import type { Verdict } from './verdict.ts';

/** Returns the exit code of a run that ends with this verdict. */
export function verdictExit(verdict: Verdict['verdict'], { on }: Pick<JudgePolicy, 'on'>): ExitCode {
  if (verdict === 'pass') return exit.success;
  return verdict === 'fail' && on.fail === 'rollback' ? exit.rolledBack : exit.undecided;
}
