import type { Invocation } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { calendar } from '../../core/identity/rotation/calendar.ts';
import { decideStep, type StepRequest } from '../../core/identity/rotation/decide-step.ts';
import type { TargetEvidence } from '../../core/identity/rotation/evidence.ts';
import { gateOf } from '../../core/identity/rotation/gate.ts';
import type { Rotated } from '../../core/identity/rotation/rotation.ts';
import type { RotationReport } from '../../core/identity/rotation/rotation-report.ts';
import { stepGate } from '../../core/identity/rotation/step-gate.ts';
import { nextStep, steppedTrust } from '../../core/identity/rotation/steps.ts';
import { formatTrust, type Trust, trustFilePath } from '../../core/identity/trust-file.ts';
import { defaultLeafLife } from '../../core/identity/workload-issuer.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { UsageError } from '../../core/usage-error.ts';
import type { CertificateRequester } from '../../ports/certificate-requester.ts';
import type { ClaimedFile } from '../../ports/claimed-file.ts';
import type { CheckCommit, CommitFiles } from '../../ports/commit-files.ts';
import type { KeyReference } from '../../ports/key-store.ts';
import { PortError } from '../../ports/port-error.ts';
import type { ServedChain } from '../../ports/served-chain.ts';
import type { OpenedStore } from '../../ports/spec-store.ts';
import { calendarJson, calendarText } from '../../ui/rotation/calendar-text.ts';
import { rotationJson, rotationText, stepMessage } from '../../ui/rotation/rotation-text.ts';
import { signedFiles } from '../certs/signed-files.ts';
import type { DeliveringParts } from '../delivery/delivery-parts.ts';
import { answer } from '../formats.ts';
import { readTrust } from '../read-trust.ts';
import { beginExternalRotation, type ExternalBeginning } from './begin-external-rotation.ts';
import { beginRotation, type RotationRequest } from './begin-rotation.ts';
import { keyItems } from './key-items.ts';
import { trustEvidence } from './trust-evidence.ts';

/** The parts of the world that a step of a rotation uses. */
export interface RotatingParts extends DeliveringParts {
  readonly servedChain: ServedChain;
  /** Claims a file below the root; throws PortError(6) if another process writes it. */
  readonly claimFile: (root: string, file: string) => Promise<ClaimedFile>;
  readonly checkCommit: CheckCommit;
  readonly commitFiles: CommitFiles;
  readonly requester: CertificateRequester;
  /** Reads the text of a file that the user named; throws PortError(1) if it can't be read. */
  readonly readNamedFile: (file: string) => Promise<string>;
  /** Reads a file of a folder as text; undefined if there is none. */
  readonly readFile: (root: string, file: string) => Promise<string | undefined>;
  /** Writes a file below a folder, whole or not at all. */
  readonly writeFile: (root: string, file: string, text: string) => Promise<void>;
}

/** The words of `certs rotate root` or `certs rotate issuer`. */
export type RotateInvocation = Invocation<'certs rotate root'> &
  Partial<Pick<Invocation<'certs rotate issuer'>, 'target'>>;

/** The decision of a run; `trust` is absent if it waits. */
interface Decided {
  readonly report: RotationReport;
  readonly trust?: Trust;
  /** Keys of requests that go once the trust is written. */
  readonly pending?: readonly KeyReference[];
}

/** A run of the rotation of a root or of issuers, with the store of the spec open. */
export class Rotating {
  readonly #of: Rotated;
  readonly #ir: Ir;
  readonly #opened: OpenedStore;
  readonly #invocation: RotateInvocation;
  readonly #parts: RotatingParts;
  readonly #file: string;
  readonly #now: Date;

  constructor(of: Rotated, ir: Ir, opened: OpenedStore, invocation: RotateInvocation, parts: RotatingParts) {
    this.#of = of;
    this.#ir = ir;
    this.#opened = opened;
    this.#invocation = invocation;
    this.#parts = parts;
    this.#file = trustFilePath(ir.trustDomain);
    this.#now = parts.clock.now();
  }

  async showCalendar(): Promise<ExitCode> {
    const trust = await this.#readTrust();
    const evidence = await this.#evidence(trust);
    const life = { leafLife: this.#leafLife(), reached: evidence.flatMap(({ reached }) => reached ?? []) };
    const entries = calendar(trust, life, this.#parts.reader, this.#now.getTime());
    await answer(
      this.#invocation,
      { text: () => calendarText(trust, entries, this.#now), json: () => calendarJson(trust, entries) },
      this.#parts,
    );
    return exit.success;
  }

  async step(): Promise<ExitCode> {
    const { root, store } = this.#opened;
    const claim = await this.#parts.claimFile(root, this.#file);
    try {
      const bytes = await store.file(this.#file);
      const before = await this.#readTrust();
      // A refused commit must leave no keys that nothing trusts.
      if (this.#invocation.commit === true && bytes !== undefined)
        await this.#parts.checkCommit(root, this.#file, bytes);
      const { report: decided, trust, pending = [] } = await this.#decide(before);
      const report = trust === undefined ? decided : await this.#write(claim, decided, trust, bytes);
      const keys = this.#parts.keyStore(root);
      for (const reference of pending) await keys.remove(reference);
      await answer(
        this.#invocation,
        { text: (colours) => rotationText(report, colours), json: () => rotationJson(report) },
        this.#parts,
      );
      return exit.success;
    } finally {
      await claim.release();
    }
  }

  /** Writes the trust of a step, and commits it if `--commit` says so; returns the report with the commit. */
  async #write(
    claim: ClaimedFile,
    report: RotationReport,
    trust: Trust,
    bytes: Uint8Array | undefined,
  ): Promise<RotationReport> {
    const text = formatTrust(trust);
    if (this.#invocation.commit !== true || bytes === undefined || report.state !== 'moved') {
      await claim.publish(text, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
      return report;
    }
    const keys = report.stored.filter(({ storage }) => storage === 'age').map(({ place }) => place);
    const change = { file: this.#file, before: bytes, text };
    const commit = await this.#parts.commitFiles(this.#opened.root, [change], stepMessage(report), keys);
    return { ...report, commit };
  }

  async #decide(before: Trust): Promise<Decided> {
    const { abort = false } = this.#invocation;
    const isTainted = this.#isTainted(before);
    const { rotation } = before;
    if (rotation === undefined) {
      if (abort) throw new PortError(`no rotation of ${before.trustDomain} is under way`, exit.failed);
      return this.#begin(before);
    }
    if (this.#invocation.certificate !== undefined)
      throw new UsageError(
        `--certificate begins a rotation, and the ${rotation.of} of ${before.trustDomain} rotates since ${rotation.began}`,
      );
    if (rotation.of !== this.#of)
      throw new PortError(
        `the ${rotation.of} of ${before.trustDomain} rotates since ${rotation.began}: finish it, or abort it, with 'mesh certs rotate ${rotation.of}'`,
        exit.refused,
      );
    const step = nextStep(before, abort);
    if (step === undefined) throw new Error(`no step leads on from ${before.phase}`);
    const keys = this.#parts.keyStore(this.#opened.root);
    const targets = await this.#evidence(before);
    const gate = stepGate(before, step, {
      targets,
      keys: await keyItems(before, this.#ir, { keys, reader: this.#parts.reader }),
      now: this.#now.getTime(),
    });
    // Nobody is in a hurry to go back to an authority in wrong hands.
    const decision = decideStep(gate, step.to, this.#request(isTainted && !abort));
    const about = { ...this.#about(before), step: step.name, to: step.to, gate };
    if (decision.state === 'waiting') return { report: { ...about, state: 'waiting', open: decision.open } };
    const leafLife = Math.max(rotation.leafLife, this.#leafLife());
    const known = { ...rotation, leafLife, ...(isTainted && { isCompromised: true as const }) };
    const trust = steppedTrust({ ...before, rotation: known }, step, decision.passage);
    const isLast = isTainted && step.name === 'drop';
    return {
      report: {
        ...about,
        ...{ state: 'moved', open: decision.breaks, stored: [], isTainted },
        ...(isLast && { restarts: restartsOf(targets, this.#of) }),
      },
      trust,
    };
  }

  async #begin(before: Trust): Promise<Decided> {
    const isCompromised = this.#invocation.compromised === true;
    const passage = { to: 'NEW_READY' as const, at: this.#now.toISOString(), by: this.#parts.actor, met: 0 };
    const keys = this.#parts.keyStore(this.#opened.root);
    const { signer, reader } = this.#parts;
    const targets = this.#targets(before);
    const request = { of: this.#of, targets, isCompromised, passage, leafLife: this.#leafLife() };
    if (this.#invocation.certificate !== undefined && !isExternal(this.#ir))
      throw new UsageError(
        '--certificate takes what another authority signed: spec.certificates.root keeps its keys here',
      );
    const made = isExternal(this.#ir)
      ? await this.#beginExternal(before, request)
      : await beginRotation(before, this.#ir, request, { signer, reader, keys });
    const about = { ...this.#about(before), step: 'prepare' as const, to: 'NEW_READY' as const };
    if ('waiting' in made) {
      const { waiting } = made;
      return { report: { ...about, gate: gateOf(waiting), state: 'waiting', open: waiting } };
    }
    const { stored, ...rest } = made;
    return {
      report: { ...about, gate: gateOf([]), state: 'moved', open: [], stored, isTainted: isCompromised },
      ...rest,
    };
  }

  async #beginExternal(before: Trust, request: RotationRequest): Promise<ExternalBeginning> {
    const { reader, requester, keyStore, readNamedFile, readFile, writeFile } = this.#parts;
    const { root } = this.#opened;
    const { certificate: words = [] } = this.#invocation;
    const signed = await signedFiles(words, request.targets, readNamedFile);
    return beginExternalRotation(before, this.#ir, request, signed, {
      ...{ reader, requester, keys: keyStore(root) },
      readFile: (file) => readFile(root, file),
      writeFile: (file, text) => writeFile(root, file, text),
    });
  }

  #evidence(trust: Trust): Promise<readonly TargetEvidence[]> {
    return trustEvidence(this.#ir, this.#opened.root, trust, this.#parts);
  }

  /**
   * Returns the targets whose issuers are replaced; throws UsageError if a name is no target with an issuer, and
   * PortError(3) if no target has one.
   */
  #targets({ issuers }: Trust): readonly string[] {
    const all = [...new Set(issuers.map(({ target }) => target))].sort();
    if (all.length === 0)
      throw new PortError(
        `${this.#file} has no issuer to replace, since ${this.#ir.certificates.delegate} signs for each target: delete the file, and 'mesh certs init --certificate FILE' takes the old and the new root from one file`,
        exit.findings,
      );
    const named = this.#invocation.target ?? [];
    const unknown = named.find((name) => !issuers.some(({ target }) => target === name));
    if (unknown !== undefined)
      throw new UsageError(`${JSON.stringify(unknown)} has no issuer in ${this.#file}`);
    return named.length === 0 ? all : [...new Set(named)].sort();
  }

  #about({ trustDomain, phase }: Trust) {
    return { of: this.#of, trustDomain, file: this.#file, from: phase };
  }

  #isTainted({ rotation }: Trust): boolean {
    return rotation?.isCompromised === true || this.#invocation.compromised === true;
  }

  #request(isCompromised: boolean): StepRequest {
    const { attest, force = false } = this.#invocation;
    const by = this.#parts.actor;
    return {
      ...{ by, at: this.#now.toISOString(), force, isCompromised },
      ...(attest !== undefined && { attest }),
    };
  }

  #leafLife(): number {
    return this.#ir.certificates.workload.lifetime ?? defaultLeafLife;
  }

  async #readTrust(): Promise<Trust> {
    const trust = await readTrust(this.#opened.store, this.#ir.trustDomain, this.#parts.reader);
    if (trust !== undefined) return trust;
    throw new PortError(`there is no ${this.#file}: 'mesh certs init' makes it`, exit.certificate);
  }
}

/**
 * Returns the restart of each workload and proxy of some targets: a command, or the name of a proxy. A proxy that
 * answers needs none after the rotation of a root: an apply ends its connections.
 */
function restartsOf(targets: readonly TargetEvidence[], of: Rotated): readonly string[] {
  const all = targets.flatMap(({ target, proxies, unseen }) => [
    ...proxies.flatMap(({ id, seen, restart }) => {
      if (restart !== undefined) return [restart];
      const handsTrustOut = id.startsWith('core/');
      const isEnded = seen !== undefined && (of === 'root' || seen.leaves.length === 0);
      return handsTrustOut || isEnded ? [] : [`${target}/${id}`];
    }),
    ...(unseen === undefined ? [] : [`every proxy of ${target}`]),
  ]);
  return [...new Set(all)];
}

function isExternal({ certificates: { root, issuer } }: Ir): boolean {
  return root.keys === 'external' || issuer.keys === 'external';
}
