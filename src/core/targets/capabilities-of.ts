import type { Capabilities, Mode, Target } from './target.ts';

/**
 * Returns the capabilities of a target in the mode that its options choose; if several modes fit, the one with the most
 * options.
 */
export function capabilitiesOf(
  { capabilities, modes = {} }: Pick<Target, 'capabilities' | 'modes'>,
  options: Readonly<Record<string, unknown>>,
): Capabilities {
  const [chosen] = Object.entries(modes)
    .map(([name, mode]) => ({ mode, asked: Object.entries(optionsOfMode(name, mode)) }))
    .filter(({ asked }) => asked.every(([option, value]) => options[option] === value))
    .sort((one, other) => other.asked.length - one.asked.length);
  return chosen?.mode.capabilities ?? capabilities;
}

/** Returns the options that choose a mode. */
export function optionsOfMode(
  name: string,
  { options }: Pick<Mode, 'options'>,
): Readonly<Record<string, string>> {
  return options ?? { mode: name };
}
