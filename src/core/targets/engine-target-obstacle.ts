import type { TargetConfig } from '../ir/target-config.ts';

/** Implementations of the Gateway API whose counters tell both versions apart. */
const counted: readonly unknown[] = ['istio', 'linkerd'];

/** Returns the reason why no engine can move weights in a target; undefined if there is none. */
export function targetObstacle(target: TargetConfig | undefined): string | undefined {
  if (target === undefined) return undefined;
  const { name, platform, options } = target;
  const others = 'name the other targets in `targets`';
  if (platform === 'linkerd') return undefined;
  if (platform === 'istio')
    return options['mode'] === 'ambient'
      ? `it moves the weights of sidecars, and target ${name} is in ambient mode: ${others}`
      : undefined;
  if (platform !== 'gateway-api')
    return `it is not compiled for ${platform}, the platform of target ${name}: ${others}`;
  return counted.includes(options['implementation'])
    ? undefined
    : `target ${name} doesn't say by its option \`implementation\` that istio or linkerd reads its objects, and no counters of others are known`;
}
