import type { CertificateStanding } from '../../core/identity/standings/certificate-standing.ts';
import { listenerFiles, listenerStanding } from '../../core/identity/standings/listener-standings.ts';
import { materialStandings } from '../../core/identity/standings/material-standings.ts';
import { trustStandings } from '../../core/identity/standings/trust-standings.ts';
import type { SurveyTime } from '../../core/identity/standings/validity-of.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { OutputDriver } from '../../core/outputs/output-driver.ts';
import { certificateRequests } from '../../core/plan/certificate-actions.ts';
import type { CertificateReader } from '../../ports/certificate-reader.ts';
import { PortError } from '../../ports/port-error.ts';
import type { TrustBundles } from '../delivery/trust-bundles.ts';

/** An output that holds certificates. */
export interface SurveyedOutput {
  readonly target: string;
  readonly open: () => Promise<OutputDriver>;
}

/** The mesh whose certificates are surveyed, and its outputs that hold certificates. */
export interface Surveyed {
  readonly ir: Pick<Ir, 'name' | 'environment' | 'trustDomain'>;
  readonly trust: TrustBundles;
  readonly outputs: readonly SurveyedOutput[];
}

/** The parts of the world that a survey needs. */
export interface SurveyingParts {
  readonly reader: CertificateReader;
  /** Reads the text of a file; throws PortError if it can't be read. */
  readonly readNamedFile: (file: string) => Promise<string>;
}

/**
 * Returns every certificate of a mesh: of its trust file, of federated trust domains, of the proxies of its outputs,
 * and the files of listeners. An output that can't be read has one standing, `unseen`.
 */
export async function surveyCertificates(
  { ir, trust, outputs }: Surveyed,
  parts: SurveyingParts,
  time: SurveyTime,
): Promise<readonly CertificateStanding[]> {
  const found = [...trustStandings({ trustDomain: ir.trustDomain, ...trust }, parts.reader, time)];
  for (const one of outputs) {
    found.push(...(await surveyOutput(ir, trust, one, parts, time)));
  }
  return found;
}

async function surveyOutput(
  { name, environment, trustDomain }: Surveyed['ir'],
  { bundles }: TrustBundles,
  { target, open }: SurveyedOutput,
  parts: SurveyingParts,
  time: SurveyTime,
): Promise<readonly CertificateStanding[]> {
  const { reader, readNamedFile } = parts;
  try {
    const output = await open();
    const observed = await output.observe(`${name}.${environment}.${target}`, []);
    const [obstacle] = observed.foreign;
    if (obstacle !== undefined) return [unseen(target, `${obstacle.path}: ${obstacle.why}`)];
    const snapshot = observed.current?.snapshot;
    if (snapshot === undefined) return [];
    const requests = certificateRequests(snapshot.artifacts);
    const texts = (await output.material?.read(requests.map(({ proxy }) => proxy))) ?? new Map();
    const roots =
      reader.certificates(snapshot.trust?.bundles[trustDomain] ?? bundles[trustDomain] ?? '') ?? [];
    const files = await Promise.all(
      listenerFiles(snapshot.ir, target).map(async (file) => {
        const text = await readNamedFile(file.certificate).catch(() => undefined);
        return listenerStanding(file, text, reader, time);
      }),
    );
    return [...materialStandings({ target, requests, texts, roots }, reader, time), ...files];
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return [unseen(target, error.message)];
  }
}

function unseen(target: string, detail: string): CertificateStanding {
  return {
    kind: 'workload',
    name: `certificates of ${target}`,
    target,
    state: 'unseen',
    detail,
    chain: [],
    breaks: `calls of the proxies of ${target} fail`,
  };
}
