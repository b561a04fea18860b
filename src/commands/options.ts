import type { Invocation } from '../program.ts';
import { durationOf } from './delivery/duration-option.ts';

/** Where a mesh is read from, of the global options. */
export interface MeshOptions {
  readonly root?: string;
  readonly env?: string;
  readonly revision?: string;
  readonly staged?: boolean;
  readonly repo?: string;
  /** The spec comes from standard input. */
  readonly standardInput?: boolean;
  readonly strictFiles?: boolean;
  /** How long the server of `repo` may take, milliseconds. */
  readonly timeout?: number;
  /** The day by which suppressions expire, `YYYY-MM-DD` (UTC). */
  readonly today: string;
}

/** The options of an invocation that say which mesh is meant. */
export function meshOptions(invocation: Invocation): MeshOptions {
  const { arguments: given, options, time } = invocation;
  return {
    today: time.toISOString().slice(0, 10),
    ...(given.flat().includes('-') && { standardInput: true }),
    ...text(options, 'root'),
    ...text(options, 'env'),
    ...text(options, 'revision'),
    ...text(options, 'repo'),
    ...flag(options, 'staged'),
    ...(options['timeout'] !== undefined && { timeout: durationOf(invocation, 'timeout', 0) }),
    ...flag(options, 'strictFiles'),
  };
}

/** A repeatable option's values. */
export function values(invocation: Invocation, name: string): readonly string[] {
  const value = invocation.options[name];
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
}

/** An option's value. */
export function value(invocation: Invocation, name: string): string | undefined {
  const given = invocation.options[name];
  return typeof given === 'string' ? given : undefined;
}

/** Whether a flag was given. */
export function given(invocation: Invocation, name: string): boolean {
  return invocation.options[name] === true;
}

function text<Name extends string>(
  options: Invocation['options'],
  name: Name,
): Partial<Record<Name, string>> {
  const found = options[name];
  return typeof found === 'string' ? ({ [name]: found } as Record<Name, string>) : {};
}

function flag<Name extends string>(
  options: Invocation['options'],
  name: Name,
): Partial<Record<Name, boolean>> {
  return options[name] === true ? ({ [name]: true } as Record<Name, boolean>) : {};
}
