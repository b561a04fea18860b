import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Feature } from '../../ir/feature.ts';
import type { Ir } from '../../ir/ir.ts';
import type { RequestBox } from '../../reach/meaning-report.ts';

/** A loss that a target declares for a mesh. */
export interface DeclaredLoss {
  readonly feature: Feature;
  readonly diagnostic: Diagnostic;
}

/** Requests that a loss at the Mesh explains, whose decision names no line of the Mesh. */
const ofEveryMesh: Partial<Readonly<Record<Feature, (box: RequestBox) => boolean>>> = {
  'request.unsafe-paths': ({ paths }) => Array.isArray(paths) && paths.every((path) => path === 'unsafe'),
  'egress.deny': isToUnknownHosts,
  'egress.allow': isToUnknownHosts,
};

function isToUnknownHosts({ to }: RequestBox): boolean {
  return to === 'hosts that nothing names';
}

/** Returns the declared loss that explains a difference: one at a line that decides, or one that every mesh has. */
export function lossBehind(box: RequestBox, losses: readonly DeclaredLoss[]): Diagnostic | undefined {
  const found =
    losses.find(({ diagnostic }) => box.rules.includes(lineOf(diagnostic))) ??
    losses.find(({ feature }) => ofEveryMesh[feature]?.(box));
  return found?.diagnostic;
}

function lineOf({ location: { file, range } }: Diagnostic): string {
  return `${file}:${String(range.start.line)}`;
}

/** The features behind a setting that no decision about a single request shows. */
const featuresOf: Readonly<Record<string, readonly Feature[]>> = {
  'connection limits': ['settings.connections', 'settings.default-connections'],
  'outlier detection': ['settings.outlier-detection'],
  'load balancing': ['settings.load-balancing', 'settings.default-balancing', 'settings.affinity'],
  'retry budget': ['settings.retry-budget'],
  locality: ['settings.locality'],
};

/**
 * Returns true for a setting (`outlier detection of shop/reviews`) that is declared as lost: in the file of the service, or in a
 * file that is no other service's.
 */
export function isDeclared(setting: string, { services }: Ir, losses: readonly DeclaredLoss[]): boolean {
  const [, name = '', id = ''] = /^(.+) of (.+)$/.exec(setting) ?? [];
  const own = services[id]?.origin.file;
  const others = new Set(Object.values(services).map(({ origin }) => origin.file));
  return losses.some(({ feature, diagnostic: { location } }) => {
    const isOwn = location.file === own || !others.has(location.file);
    return isOwn && featuresOf[name]?.includes(feature) === true;
  });
}
