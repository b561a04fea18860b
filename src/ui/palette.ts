import { Chalk } from 'chalk';

/** Colours of text for people; without colours every function returns its text unchanged. */
export interface Palette {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
  readonly changed: (text: string) => string;
  readonly place: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
}

/** Returns the palette of a stream, with or without colours. */
export function palette(colour: boolean): Palette {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  return {
    error: chalk.red.bold,
    warning: chalk.yellow.bold,
    info: chalk.blue.bold,
    added: chalk.green,
    removed: chalk.red,
    changed: chalk.yellow,
    place: chalk.cyan,
    faint: chalk.dim,
    strong: chalk.bold,
  };
}
