import { type ExitCode, exit } from '../../core/exit-code.ts';
import type { Rotated } from '../../core/identity/rotation/rotation.ts';
import { UsageError } from '../../core/usage-error.ts';
import { readMeshAlone } from '../delivery/read-outputs.ts';
import { wantedFormats } from '../formats.ts';
import { meshOptions } from '../options.ts';
import { withStore } from '../with-store.ts';
import { type RotateInvocation, Rotating, type RotatingParts } from './rotating.ts';

/**
 * `mesh certs rotate root` and `mesh certs rotate issuer`: takes the next step of a rotation, if its gate is met at all
 * targets, and writes the trust file. A run that has to wait succeeds and says for what.
 */
export async function rotateAuthority(
  of: Rotated,
  invocation: RotateInvocation,
  parts: RotatingParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  const options = meshOptions(invocation);
  if (options.repo !== undefined || options.revision !== undefined || options.staged)
    throw new UsageError(`certs rotate ${of} writes the trust file, so it needs the working tree`);
  if (invocation.attest !== undefined && invocation.attest.trim() === '')
    throw new UsageError('--attest takes the reason why unseen conditions are met');
  if (invocation.plan === true && invocation.commit === true)
    throw new UsageError('--plan writes nothing, so --commit has nothing to commit: leave one of them out');
  if (invocation.certificate !== undefined && (invocation.plan === true || invocation.abort === true))
    throw new UsageError('--certificate begins a rotation: leave out --plan and --abort');
  if (invocation.abort === true && invocation.compromised === true)
    throw new UsageError('--abort goes back to the authority that --compromised says is in wrong hands');
  return withStore(parts.openSpecStore, options, async (opened) => {
    const ir = await readMeshAlone(opened.store, invocation, parts);
    if (ir === undefined) return exit.findings;
    const rotating = new Rotating(of, ir, opened, invocation, parts);
    return invocation.plan === true ? rotating.showCalendar() : rotating.step();
  });
}
