import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { defineMessages, finding } from '../diagnostics/message.ts';
import type { Ir } from '../ir/ir.ts';
import type { TargetConfig } from '../ir/target-config.ts';
import { didYouMean } from '../lib/did-you-mean.ts';
import type { Location } from '../location.ts';
import { locatePath } from '../source/locate.ts';
import type { Spec } from '../spec/spec.ts';
import { delegationFindings } from './delegation-findings.ts';
import { idleDegrade } from './idle-degrade.ts';
import type { Loss } from './index-json.ts';
import { lossOf } from './loss.ts';
import { optionProblems } from './option-problems.ts';
import { targets } from './registry.ts';
import type { Target } from './target.ts';

export const messages = defineMessages({
  MESH3002: {
    severity: 'error',
    text: 'option {option} of target {target}: {problem}',
    explanation:
      'Each platform has options of its own; `mesh targets NAME` lists them. An unknown option is always an error.',
  },
  MESH3003: {
    severity: 'warning',
    text: 'version {version} of {platform} is not one that the output is tested against{known}',
    explanation:
      'An untested version may refuse the output or read it differently. Leave `version` out for the newest tested one.',
  },
  MESH5000: {
    severity: 'error',
    text: 'the output of target {target} is a Kubernetes cluster, which takes no files, and the configuration of {platform} is files',
    explanation:
      'A cluster takes objects, such as those of Istio or of the Gateway API. Proxies of this platform read files: give the target `output: {directory: …}`, or another platform.',
  },
});

/** Facts about a target that are known before compiling. */
export interface CheckedTarget {
  readonly config: TargetConfig;
  readonly target: Target;
  readonly loss: readonly Loss[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks one target of a mesh: its platform, version and options, and the used features that the platform lacks. */
export async function checkTarget(spec: Spec, ir: Ir, config: TargetConfig): Promise<CheckedTarget> {
  const { name, platform } = config;
  const at = (...path: readonly string[]): Location =>
    locatePath(spec.mesh.value, ['spec', 'targets', name, ...path]);
  const { default: target } = await targets[platform]();
  const loss = lossOf(ir, config, target);
  const options = await optionProblems(config.options, target.optionsSchema);
  return {
    config,
    target,
    loss,
    diagnostics: [
      ...versionFinding(config, target, at('version')),
      ...(config.output?.type === 'kubernetes' && target.proxies !== undefined
        ? [finding(messages, 'MESH5000', at('output'), { target: name, platform })]
        : []),
      ...options.map(({ option, problem }) =>
        finding(messages, 'MESH3002', at('options', option), {
          option: option || 'list',
          target: name,
          problem,
        }),
      ),
      ...loss.map(({ diagnostic }) => diagnostic),
      ...(await delegationFindings(spec, ir, config, target)),
      ...idleDegrade(spec, config, loss),
    ],
  };
}

function versionFinding(
  { version, platform }: TargetConfig,
  { versions }: Target,
  location: Location,
): readonly Diagnostic[] {
  if (version === undefined || versions.some((known) => version === known || version.startsWith(`${known}.`)))
    return [];
  return [
    finding(messages, 'MESH3003', location, { version, platform, known: didYouMean(version, versions) }),
  ];
}
