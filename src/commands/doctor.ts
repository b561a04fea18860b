import type { Invocation, Options } from '../command-table/invocation.ts';
import { addressCheck } from '../core/doctor/address-check.ts';
import { certificateChecks } from '../core/doctor/certificate-checks.ts';
import type { Check } from '../core/doctor/check.ts';
import { outputCheck } from '../core/doctor/output-check.ts';
import { programCheck } from '../core/doctor/program-check.ts';
import { proxyCheck } from '../core/doctor/proxy-check.ts';
import { signingKeyChecks } from '../core/doctor/signing-key-checks.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { Failure } from '../core/failure.ts';
import { type CertificateStanding, needsCare } from '../core/identity/standings/certificate-standing.ts';
import type { Ir } from '../core/ir/ir.ts';
import { targets } from '../core/targets/registry.ts';
import { UsageError } from '../core/usage-error.ts';
import type { Machine } from '../ports/machine.ts';
import type { ProxyAdmin } from '../ports/proxy-admin.ts';
import type { OpenedStore } from '../ports/spec-store.ts';
import { counts } from '../ui/diagnostics-json.ts';
import { doctorJson } from '../ui/doctor-json.ts';
import { doctorText } from '../ui/doctor-text.ts';
import { palette } from '../ui/palette.ts';
import { validateText } from '../ui/validate-text.ts';
import { surveyCertificates } from './certs/survey-certificates.ts';
import { materialOutputs } from './certs/with-material-outputs.ts';
import { trustBundles } from './delivery/trust-bundles.ts';
import type { DoctorParts } from './doctor-parts.ts';
import { doctorRbac } from './doctor-rbac.ts';
import { envoyProgram } from './envoy-program.ts';
import { answer, wantedFormats } from './formats.ts';
import { fails } from './linked-mesh.ts';
import { loadMesh } from './load-mesh.ts';
import { takenAddresses } from './local-run/taken-addresses.ts';
import { type MeshCall, meshOptions } from './options.ts';
import { withStore } from './with-store.ts';

/** `mesh doctor`: looks at the tools, the mesh, its certificates, outputs and proxies, and says what to do. */
export async function doctor(invocation: Invocation<'doctor'>, parts: DoctorParts): Promise<ExitCode> {
  wantedFormats(invocation);
  const { rbac, target } = invocation;
  if (rbac !== undefined) return doctorRbac(rbac, invocation, parts);
  if (target !== undefined) throw new UsageError('--target says whose roles --rbac prints: say --rbac, too');
  const checks = [...(await toolChecks(parts.machine)), ...(await meshChecks(invocation, parts))];
  await answer(
    invocation,
    {
      text: (colours, columns) => doctorText(checks, colours, columns),
      json: () => doctorJson(checks),
    },
    parts,
  );
  return checks.some(({ state }) => state === 'fail') ? exit.failed : exit.success;
}

async function toolChecks(machine: Machine): Promise<readonly Check[]> {
  const [git, envoy] = await Promise.all([machine.git(), machine.envoy()]);
  const { default: target } = await targets.envoy();
  return [
    { name: 'node', state: 'ok', says: machine.node },
    git === undefined
      ? {
          name: 'git',
          state: 'fail',
          says: 'not found',
          do: 'install Git: history, --staged and --revision need it',
        }
      : { name: 'git', state: 'ok', says: git },
    programCheck(envoyProgram, envoy, target.versions),
  ];
}

async function meshChecks(call: MeshCall & Options<'failOn'>, parts: DoctorParts): Promise<readonly Check[]> {
  const options = meshOptions(call);
  try {
    return await withStore(parts.openSpecStore, options, async (opened) => {
      const mesh = await loadMesh(opened.store, options);
      const valid = !fails(mesh.diagnostics, call);
      const found = {
        valid,
        ...(mesh.spec && { spec: mesh.spec }),
        counts: counts(mesh.diagnostics),
        elsewhere: 0,
      };
      const says = validateText(found, palette(false), Number.POSITIVE_INFINITY).trim();
      if (!valid || !mesh.ir) return [{ name: 'mesh', state: 'fail', says, do: 'mesh validate' }];
      return [{ name: 'mesh', state: 'ok', says }, ...(await surroundings(mesh.ir, opened, parts))];
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [{ name: 'mesh', state: 'fail', says: error.message }];
  }
}

/** Checks the surroundings of a mesh that links. */
async function surroundings(
  ir: Ir,
  { store, root }: OpenedStore,
  parts: DoctorParts,
): Promise<readonly Check[]> {
  const { reader } = parts;
  const trust = await trustBundles(store, ir, reader);
  const outputs = materialOutputs(ir, Object.keys(ir.targets), root, parts);
  const now = parts.clock.now().getTime();
  const standings = await surveyCertificates({ ir, trust, outputs }, parts, { now });
  const checks = [
    ...certificateChecks(ir, trust.trust, standings),
    ...(await signingKeyChecks(ir, trust.trust, parts.keyStore(root), reader, unsigned(ir, standings))),
  ];
  for (const { name, output } of Object.values(ir.targets)) {
    if (output?.type === 'directory')
      checks.push(outputCheck(name, await parts.machine.folder(root, output.path)));
  }
  return [...checks, ...(await proxyChecks(ir, parts))];
}

/** Returns the directory targets whose proxies have no certificates yet, or some that need care. */
function unsigned({ targets: all }: Ir, standings: readonly CertificateStanding[]): ReadonlySet<string> {
  const directories = Object.values(all).filter(({ output }) => output?.type === 'directory');
  const needing = directories.filter(({ name }) => {
    const leaves = standings.filter(({ kind, target }) => kind === 'workload' && target === name);
    return leaves.length === 0 || leaves.some(needsCare);
  });
  return new Set(needing.map(({ name }) => name));
}

/** Milliseconds to wait for the answer of a proxy. */
const patience = 1000;

async function proxyChecks(ir: Ir, { admin, clock, listeners }: DoctorParts): Promise<readonly Check[]> {
  const hurried: ProxyAdmin = { get: (address, path) => admin.get(address, path, patience) };
  const checks: Check[] = [];
  for (const { name, platform } of Object.values(ir.targets)) {
    const { default: target } = await targets[platform]();
    const proxies = target.proxies?.(ir) ?? [];
    if (proxies.length === 0) continue;
    const { acceptance } = target;
    if (acceptance === undefined) continue;
    const asked = await Promise.all(
      proxies.map(async (proxy) => ({
        ...proxy,
        answer: await acceptance.ask({ ...proxy, node: proxy.id, expected: [] }, { admin: hurried, clock }),
      })),
    );
    checks.push(proxyCheck(name, asked, target.versions));
    const absent = asked.filter(({ answer }) => answer.state === 'absent');
    const taken = (await Promise.all(absent.map((one) => takenAddresses(one, listeners)))).flat();
    if (taken.length > 0) checks.push(addressCheck(name, taken));
  }
  return checks;
}
