import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { defineMessages, finding } from '../diagnostics/message.ts';
import type { Ir } from '../ir/ir.ts';
import type { TargetConfig } from '../ir/target-config.ts';
import { locatePath } from '../source/locate.ts';
import type { Spec } from '../spec/spec.ts';
import type { Delegate } from './delegation.ts';
import { targets } from './registry.ts';
import type { Target } from './target.ts';

export const messages = defineMessages({
  MESH4032: {
    severity: 'warning',
    text: 'target {target} takes files, and {delegate} issues in a cluster only: this tool signs the certificates of {target}',
    explanation:
      'Proxies of this target read certificates from a directory, which a delegate in a cluster does not write. `mesh certs init` makes an issuer for the target, below a root in the trust file. Proxies of the cluster and of the directory trust each other only if both have a root in common.',
  },
  MESH4033: {
    severity: 'error',
    text: 'target {target} cannot take certificates from {delegate}: {reason}',
    explanation:
      'The mesh of the target has no way to use this delegate, so its proxies would keep certificates of another authority without any notice. Choose a delegate that the mesh takes, or `none` and `mesh certs export`.',
  },
  MESH4034: {
    severity: 'warning',
    text: '`{field}` has no effect at target {target}, whose certificates {delegate} makes: {instead}',
    explanation:
      'The delegate or the mesh decides this. Take the field out to show that nobody relies on it, and set the value there.',
  },
  MESH4035: {
    severity: 'warning',
    text: 'the bundle of {trustDomain} is not handed to target {target}, whose certificates {delegate} makes',
    explanation:
      'The roots of a mesh in a cluster are not limited to one trust domain, so a foreign root there could name services of this mesh. SPIRE federates by an endpoint of the other side, which this language does not have. Configure the federation at the delegate.',
  },
  MESH4036: {
    severity: 'error',
    text: 'target {target} hands its issuer over (`authority: write`), and {delegate} makes one for the same Secret',
    explanation:
      'Two authorities would overwrite each other in the Secret that the mesh reads. Take `authority` out of the options of the target, or `delegate` out of `spec.certificates`.',
  },
  MESH4037: {
    severity: 'error',
    text: 'the output of target {target} is a repository, which must not hold the key of an issuer (`authority: write`)',
    explanation:
      'The Secret of the authority has a private key, and everybody who can read the repository could sign for each service. Deliver to the cluster, use `certificates.delegate`, or hand the issuer over once with `mesh certs export`.',
  },
  MESH4038: {
    severity: 'info',
    text: '`workload.lifetime` has no effect at target {target}, whose mesh issues the certificates of workloads: set {place}',
    explanation:
      'The authority of this mesh signs a certificate for each proxy with a lifetime of its own settings, and renews it alone. `workload.lifetime` counts at targets that take certificates from a directory. A rotation waits for the lifetime of the spec before it drops a root, so write the lifetime that the mesh really uses.',
  },
});

/** Returns findings about the parts of a spec that the delegate of certificates can't keep at a target. */
export async function delegationFindings(
  spec: Spec,
  ir: Ir,
  config: TargetConfig,
  target: Target,
): Promise<readonly Diagnostic[]> {
  const { delegate, federation } = ir.certificates;
  const { name, options } = config;
  if (delegate === 'none')
    return [...authorityFindings(spec, ir, config), ...ownLifetime(spec, name, target, options)];
  const at = (...path: readonly string[]) => locatePath(spec.mesh.value, ['spec', ...path]);
  const about = { target: name, delegate };
  const place = at('targets', name, 'platform');
  if (target.delegation === undefined) return [finding(messages, 'MESH4032', place, about)];
  const delegation = target.delegation(delegate, options);
  if ('refuses' in delegation)
    return [finding(messages, 'MESH4033', place, { ...about, reason: delegation.refuses })];
  const idle = idleSettings(spec, delegate, delegation.lifetimePlace, await hasFiles(ir));
  return [
    ...authorityFindings(spec, ir, config),
    ...idle.map(({ path, instead }) => {
      const values = { ...about, field: path.join('.'), instead };
      return finding(messages, 'MESH4034', at('certificates', ...path), values);
    }),
    ...federation.map(({ trustDomain }) =>
      finding(messages, 'MESH4035', at('certificates', 'federation', trustDomain), { ...about, trustDomain }),
    ),
  ];
}

/** Returns a finding if the spec sets the lifetime of certificates that the authority of a mesh issues by its own settings. */
function ownLifetime(
  spec: Spec,
  name: string,
  target: Target,
  options: TargetConfig['options'],
): readonly Diagnostic[] {
  if (spec.mesh.value.spec.certificates?.workload?.lifetime === undefined) return [];
  // The mesh issues below an authority of this tool as below one of cert-manager.
  const own = target.delegation?.('cert-manager', options);
  const place = own === undefined || 'refuses' in own ? undefined : own.lifetimePlace;
  if (place === undefined) return [];
  const at = locatePath(spec.mesh.value, ['spec', 'certificates', 'workload', 'lifetime']);
  return [finding(messages, 'MESH4038', at, { target: name, place })];
}

/** Returns findings about the option by which a target hands its issuer to the authority of its mesh. */
function authorityFindings(
  spec: Spec,
  { certificates: { delegate } }: Ir,
  { name: target, options, output }: TargetConfig,
): readonly Diagnostic[] {
  if (options['authority'] !== 'write') return [];
  const place = locatePath(spec.mesh.value, ['spec', 'targets', target, 'options', 'authority']);
  return [
    ...(delegate === 'none' ? [] : [finding(messages, 'MESH4036', place, { target, delegate })]),
    ...(output?.type === 'git' ? [finding(messages, 'MESH4037', place, { target })] : []),
  ];
}

/** A written setting that nobody keeps, and the place that decides instead. */
interface IdleSetting {
  readonly path: readonly string[];
  readonly instead: string;
}

/** Returns the written settings that nobody keeps; this tool keeps most of them for targets that take files. */
function idleSettings(
  spec: Spec,
  delegate: Delegate,
  lifetimePlace: string | undefined,
  isSigning: boolean,
): readonly IdleSetting[] {
  const { root, issuer, workload } = spec.mesh.value.spec.certificates ?? {};
  const kept = 'the issuer in `certManager` has its own root';
  const isHere = (keys: string | undefined): boolean => keys === 'file' || keys === 'age';
  const authorities: readonly (IdleSetting | undefined)[] = [
    root?.lifetime === undefined ? undefined : { path: ['root', 'lifetime'], instead: kept },
    isHere(root?.keys) ? { path: ['root', 'keys'], instead: kept } : undefined,
    isHere(issuer?.keys) ? { path: ['issuer', 'keys'], instead: `${delegate} keeps the key` } : undefined,
  ];
  const lifetime =
    workload?.lifetime !== undefined && lifetimePlace !== undefined
      ? { path: ['workload', 'lifetime'], instead: `set ${lifetimePlace}` }
      : undefined;
  return [...(isSigning ? [] : authorities), lifetime].filter((one) => one !== undefined);
}

/** Returns true if a target of the mesh takes files, so that this tool signs for it. */
async function hasFiles({ targets: configs }: Ir): Promise<boolean> {
  const loaders = targets as Readonly<Partial<Record<string, () => Promise<{ readonly default: Target }>>>>;
  const loaded = await Promise.all(
    Object.values(configs).map(async ({ platform }) => (await loaders[platform]?.())?.default),
  );
  return loaded.some((target) => target !== undefined && target.delegation === undefined);
}
