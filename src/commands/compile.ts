import path from 'node:path';
import { type CompiledTarget, compileTarget } from '../core/compile.ts';
import { sortDiagnostics } from '../core/diagnostics/sort.ts';
import type { ExitCode } from '../core/exit-code.ts';
import type { Trust } from '../core/identity/trust-file.ts';
import { unboundTrust } from '../core/identity/unbound-trust.ts';
import { workloadIssuer } from '../core/identity/workload-issuer.ts';
import type { Ir } from '../core/ir/ir.ts';
import type { Spec } from '../core/spec/spec.ts';
import { checkTarget } from '../core/targets/portability.ts';
import type {
  CertificateSigner,
  Clock,
  KeyStore,
  Material,
  OpenCompiledFolder,
  OpenedStore,
  OpenSpecStore,
} from '../ports.ts';
import { PortError } from '../ports.ts';
import type { Invocation } from '../program.ts';
import { compiledText } from '../ui/compiled-text.ts';
import { chosenTargets } from './chosen-targets.ts';
import { compiledFiles, compiledStream, proxyLinks } from './compile-output.ts';
import { trustBundles } from './delivery/trust-bundles.ts';
import { type Answering, answer, wantedFormats } from './formats.ts';
import { fails, linkedMesh, showFindings } from './linked-mesh.ts';
import { given, meshOptions, value, values } from './options.ts';
import { withStore } from './with-store.ts';

const findings = 3;

/** What the command is made of. */
export interface CompileParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
  readonly compiledFolder: OpenCompiledFolder;
  readonly signer: CertificateSigner;
  readonly keyStore: (root: string) => KeyStore;
  readonly clock: Clock;
  readonly workingDirectory: string;
}

/** `mesh compile`: native configuration of targets, to `--out DIR/<target>` or as a stream; certificates beside it with `--issue`. */
export async function compile(invocation: Invocation, parts: CompileParts): Promise<ExitCode> {
  wantedFormats(invocation);
  const out = value(invocation, 'out');
  if (given(invocation, 'issue') && out === undefined)
    throw new PortError('--issue writes private keys to files: --out has to name the folder', 64);
  return withStore(parts.openSpecStore, meshOptions(invocation), async (opened) => {
    const { mesh, ir, exitCode } = await linkedMesh(opened.store, invocation, parts.console);
    if (!ir || !mesh.spec) return exitCode;
    const trust = await trustBundles(opened.store, ir);
    const checked = await checkedTargets(mesh.spec, ir, values(invocation, 'target'));
    const found = sortDiagnostics([
      ...checked.flatMap(({ diagnostics }) => diagnostics),
      ...(trust.trust ? [] : [unboundTrust(mesh.spec, ir)]),
    ]);
    showFindings(found, mesh.texts, invocation, parts.console);
    if (fails(found, invocation)) return findings;
    const compiled = checked.flatMap((one) =>
      one.target && one.wanted ? [compileTarget(ir, { ...one, target: one.target }, trust.bundles)] : [],
    );
    if (out === undefined)
      await answer(invocation, { text: () => compiled.map(compiledStream).join('') }, parts);
    else await write(compiled, { ir, opened, trust: trust.trust, out }, invocation, parts);
    return 0;
  });
}

/** All targets of the mesh: those that are compiled, and the others as far as a mesh that is only looked at. */
async function checkedTargets(spec: Spec, ir: Ir, named: readonly string[]) {
  const wanted = chosenTargets(ir, named);
  return Promise.all(
    Object.values(ir.targets).map(async (config) => {
      const isWanted = wanted.includes(config.name);
      const checked = await checkTarget(spec, ir, config, isWanted ? 'compile' : 'look');
      return {
        ...checked,
        wanted: isWanted,
        diagnostics: isWanted || !checked.target ? checked.diagnostics : [],
      };
    }),
  );
}

interface Writing {
  readonly ir: Ir;
  readonly opened: OpenedStore;
  readonly trust: Trust | undefined;
  readonly out: string;
}

/** Writes each target to its folder; all folders are looked at and all certificates issued before the first write. */
async function write(
  compiled: readonly CompiledTarget[],
  { ir, opened, trust, out }: Writing,
  invocation: Invocation,
  parts: CompileParts,
): Promise<void> {
  const absolute = path.resolve(parts.workingDirectory, out);
  const ready = [];
  for (const one of compiled) {
    const folder = await parts.compiledFolder(absolute, one.name);
    const materials = given(invocation, 'issue')
      ? await issued(one, { ir, opened, trust, out }, parts)
      : undefined;
    ready.push({ compiled: one, folder, materials });
  }
  for (const { compiled: one, folder, materials } of ready) {
    const output = ir.targets[one.name]?.output;
    const seenAs = (output?.type === 'directory' ? output.seenAs : undefined) ?? folder.path;
    await folder.replace(compiledFiles(one, seenAs, materials ?? []), proxyLinks(one));
  }
  const written = ready.map(({ compiled: one, materials }) => ({
    ...one,
    folder: path.join(out, one.name),
    ...(materials && { materials }),
  }));
  const quiet = given(invocation, 'quiet');
  await answer(
    invocation,
    { text: (colours, columns) => (quiet ? '' : compiledText(written, colours, columns)) },
    parts,
  );
}

function issued(
  { name, artifacts }: CompiledTarget,
  { ir, opened, trust }: Writing,
  { signer, keyStore, clock }: CompileParts,
): Promise<readonly Material[]> {
  const keys = keyStore(opened.root);
  const issuer = workloadIssuer({ trust, target: name, certificates: ir.certificates, signer, keys });
  const requests = artifacts.flatMap((artifact) => (artifact.type === 'certificate' ? [artifact] : []));
  return issuer.issue(requests, clock.now());
}
