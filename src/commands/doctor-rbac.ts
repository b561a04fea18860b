import type { Invocation } from '../command-table/invocation.ts';
import { compileTarget } from '../core/compile.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { checkTarget } from '../core/targets/portability.ts';
import { UsageError } from '../core/usage-error.ts';
import { rolesJson, rolesText } from '../ui/roles-text.ts';
import { deliveredTargets } from './delivery/delivered-targets.ts';
import { rolesOf } from './delivery/open-output.ts';
import { trustBundles } from './delivery/trust-bundles.ts';
import type { DoctorParts } from './doctor-parts.ts';
import { answer } from './formats.ts';
import { linkedMesh } from './linked-mesh.ts';
import { meshOptions } from './options.ts';
import { withStore } from './with-store.ts';

/**
 * `mesh doctor --rbac`: prints, for each target with an output `kubernetes`, the least roles that a job needs. Asks no
 * cluster.
 */
export async function doctorRbac(
  job: 'plan' | 'apply',
  invocation: Invocation<'doctor'>,
  parts: Pick<DoctorParts, 'openSpecStore' | 'console' | 'writeOutput' | 'reader'>,
): Promise<ExitCode> {
  return withStore(parts.openSpecStore, meshOptions(invocation), async ({ store }) => {
    const { mesh, ir, exitCode } = await linkedMesh(store, invocation, parts.console, true);
    if (!ir || !mesh.spec) return exitCode;
    const trust = await trustBundles(store, ir, parts.reader);
    const roles: object[] = [];
    for (const config of deliveredTargets(mesh.spec, ir, invocation).chosen) {
      const checked = await checkTarget(mesh.spec, ir, config);
      const { artifacts } = compileTarget(ir, checked, trust);
      const { owns, podTrust } = checked.target;
      roles.push(...rolesOf(config, ir, { artifacts, owns, ...(podTrust && { podTrust }) }, job));
    }
    if (roles.length === 0)
      throw new UsageError('no target that is meant has an output kubernetes, so no roles are needed');
    await answer(invocation, { text: () => rolesText(roles), json: () => rolesJson(roles) }, parts);
    return exit.success;
  });
}
