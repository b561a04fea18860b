/** The kind of words that shell completion offers for an option's value or an argument. */
export type Completes =
  | 'targets'
  | 'environments'
  | 'subjects'
  | 'platforms'
  | 'shells'
  | 'services'
  | 'gateways'
  | 'rollouts'
  | 'origins'
  | 'runs'
  | 'files'
  | 'folders'
  | 'nothing';

/** An option, in the form that help, completion and the reference page show; `flags` is in commander's notation. */
export interface OptionData {
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly repeatable?: boolean;
  readonly completes?: Completes;
}

/**
 * A command as data. `name` is its path in the tree, such as `certs init`. Of its arguments, `<x>` is required, `[x]`
 * is optional, and `[x...]` repeats.
 */
export interface CommandData<Name extends string = string> {
  readonly name: Name;
  readonly description: string;
  readonly arguments?: readonly {
    readonly name: string;
    readonly description: string;
    readonly completes?: Completes;
  }[];
  readonly options?: readonly OptionData[];
  /** The formats of `--format`; text alone if absent. */
  readonly formats?: readonly string[];
  readonly examples: readonly { readonly command: string; readonly does: string }[];
}
