import type { CommandData, OptionData } from './command-data.ts';
import type { CommandName, commandTable } from './command-table.ts';
import type { globalOptions } from './global-options.ts';

type Command = (typeof commandTable)[number];
type CommandNamed<Name extends CommandName> = Extract<Command, { readonly name: Name }>;

type CamelCase<Words extends string> = Words extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Words;

/** The long flag with its value: `header <name:value>` of `-H, --header <name:value>`. */
type LongFlag<Flags extends string> = Flags extends `${string}--${infer Long}` ? Long : never;

/** The name under which commander keeps an option: `allowDirty` of `--allow-dirty`, `color` of `--no-color`. */
type NameOf<Flags extends string> =
  LongFlag<Flags> extends `no-${infer Name}`
    ? CamelCase<Name>
    : LongFlag<Flags> extends `${infer Name} ${string}`
      ? CamelCase<Name>
      : CamelCase<LongFlag<Flags>>;

type ValueOf<Option extends OptionData> =
  LongFlag<Option['flags']> extends `${string} ${string}`
    ? Option extends { readonly repeatable: true }
      ? readonly string[]
      : Option extends { readonly choices: readonly (infer Choice)[] }
        ? Choice
        : string
    : boolean;

type OptionsIn<Option extends OptionData> = {
  readonly [One in Option as NameOf<One['flags']>]?: ValueOf<One>;
};

type OptionOf<Data extends CommandData> = Data extends {
  readonly options: readonly (infer Option extends OptionData)[];
}
  ? Option
  : never;

/**
 * The parent commands of a command in the tree: `explain` of `explain request`. Subcommands accept their options, too.
 */
type Above<Name extends CommandName> = {
  readonly [One in CommandName]: Name extends `${One} ${string}` ? One : never;
}[CommandName];

/** The options that a command takes, its own and the global ones, by camel-case name; absent if not given. */
export type OptionsOf<Name extends CommandName> = OptionsIn<
  OptionOf<CommandNamed<Name | Above<Name>>> | (typeof globalOptions)[number]
>;

/** Some options of any command, for functions that several commands share. */
export type Options<Name extends keyof OptionsOf<CommandName>> = Pick<OptionsOf<CommandName>, Name>;

type ArgumentValue<Notation extends string> = Notation extends `${string}...${string}`
  ? readonly string[]
  : Notation extends `<${string}`
    ? string
    : string | undefined;

type ArgumentsOf<Data extends CommandData> = Data extends {
  readonly arguments: infer List extends readonly { readonly name: string }[];
}
  ? { readonly [Index in keyof List]: ArgumentValue<List[Index]['name']> }
  : readonly [];

/**
 * The call of a command, typed from the command table: its options and, beside them, its arguments in order. A name
 * that the table doesn't have is a type error. `Invocation` without a name is the call of any command.
 */
export type Invocation<Name extends CommandName = CommandName> = OptionsOf<Name> & {
  readonly arguments: ArgumentsOf<CommandNamed<Name>>;
  /** The formats that the command can answer in. */
  readonly formats: readonly string[];
  /** The moment of the call. */
  readonly time: Date;
};
