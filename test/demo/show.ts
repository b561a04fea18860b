import { wrapLines } from '../../src/ui/wrap-lines.ts';
import { type Following, indent, type Stage } from './stage.ts';

/** A line on a stage of an apply, of which each step of a rollout has three, or on a proxy. */
const ofStages = /^local: /;

/** The text of a demo: numbered chapters, and commands with what they print. */
export class Show {
  readonly stage: Stage;
  #chapter = 0;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** Prints lines at the margin. */
  say(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** Prints lines of a chapter, at the width of the terminal. */
  tell(text: string): void {
    this.quote(fitting(text, indent));
  }

  /** Prints lines of a chapter that must not be broken, such as YAML. */
  quote(text: string): void {
    this.say(text.replace(/^/gm, ' '.repeat(indent)));
  }

  /** Begins a chapter. */
  heading(text: string): void {
    this.#chapter += 1;
    this.say(fitting(`\n${String(this.#chapter)}. ${text}\n`));
  }

  /** Shows a command and all that it prints. */
  shown(...args: string[]): Promise<void> {
    return this.#showing(args, 0, (out) => out);
  }

  /** Shows a command without what it prints about stages and proxies. */
  brief(...args: string[]): Promise<void> {
    return this.#showing(args, 0, (out) =>
      out
        .split('\n')
        .filter((line) => !ofStages.test(line))
        .join('\n'),
    );
  }

  /** Runs a command visibly while it runs: by its live view, or without a terminal line by line, as `brief` does. */
  follow(...args: string[]): Following {
    this.tell(`$ mesh ${args.join(' ')}`);
    return this.stage.follow(args, (line) => {
      if (!ofStages.test(line)) this.tell(line);
    });
  }

  /** Shows the execution of a plan without the plan. */
  carriedOut(...args: string[]): Promise<void> {
    return this.#showing(
      args,
      0,
      (out) => `(shows its plan, then)\n${out.replace(/^[^]*?(?=^(?:apply|rollback) )/m, '')}`,
    );
  }

  /** Shows a command that ends with this exit code. */
  refused(code: number, ...args: string[]): Promise<void> {
    return this.#showing(
      args,
      code,
      (out) =>
        `${out.replace(/^(?:\u001b\[\d+m)*(?:Spec|Target )[^]*?(?=^mesh: )/m, '(shows its plan, then)\n')}\n(exit code ${String(code)})`,
    );
  }

  /** Runs a command visibly; an unexpected exit code ends the demo. */
  async #showing(args: readonly string[], expected: number, cut: (out: string) => string): Promise<void> {
    this.tell(`$ mesh ${args.join(' ')}`);
    const { code, out } = await this.stage.mesh(...args);
    this.tell(`${cut(out)}\n`);
    if (code !== expected) throw new Error(`mesh ${args.join(' ')} ended with ${String(code)}`);
  }
}

/** Returns a text broken at the width of the terminal, less an indentation; the text itself without a terminal. */
function fitting(text: string, indented = 0): string {
  const { columns, isTTY } = process.stdout;
  return isTTY ? wrapLines(text, columns - indented) : text;
}
