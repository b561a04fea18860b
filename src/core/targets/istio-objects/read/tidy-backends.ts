import type { Backend, RouteRule } from '../../../spec/types.gen.ts';
import type { Surroundings } from './surroundings.ts';

/** The Route that rules stand in. */
export interface RouteHome {
  readonly namespace: string;
  /** The id of its service; absent at gateways. */
  readonly service?: string;
}

/**
 * Returns rules whose backends and mirrors say only what the Route doesn't say already: its service, the only port. A name that
 * an earlier rule of the Route has is left out.
 */
export function tidyBackends(
  rules: readonly RouteRule[],
  home: RouteHome,
  surroundings: Surroundings,
): readonly RouteRule[] {
  const names = new Set<string>();
  return rules.map(({ name, ...rule }) => ({
    ...(name === undefined || names.has(name) ? {} : { name: added(names, name) }),
    ...rule,
    ...(rule.backends === undefined
      ? {}
      : { backends: rule.backends.map((one) => tidy(one, home, surroundings)) }),
    ...(rule.mirror === undefined ? {} : { mirror: rule.mirror.map((one) => tidy(one, home, surroundings)) }),
  }));
}

function added(names: Set<string>, name: string): string {
  names.add(name);
  return name;
}

function tidy<T extends Backend>(
  backend: T,
  { namespace, service: own }: RouteHome,
  surroundings: Surroundings,
): T {
  const { service = '', port, ...rest } = backend;
  const names = portsOf(service, surroundings);
  const isOwn = service === own;
  const isPlain =
    names.length === 1 &&
    (isOwn || own === undefined || portsOf(own, surroundings).every((name) => name === port));
  const short = service.startsWith(`${namespace}/`) ? service.slice(namespace.length + 1) : service;
  return {
    ...(isOwn ? {} : { service: short }),
    ...rest,
    ...(port === undefined || isPlain ? {} : { port }),
  } as T;
}

function portsOf(id: string, { context, externals }: Surroundings): readonly string[] {
  const external = externals.find((one) => one.id === id);
  return (external?.ports ?? context.inventory.service(id)?.ports ?? []).map(({ name }) => name);
}
