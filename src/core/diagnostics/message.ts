import type { Location } from '../location.ts';
import type { Code, Diagnostic, Fix, Related, Severity } from './diagnostic.ts';

/** One kind of finding: its message, and the explanation that `mesh explain CODE` prints. */
export interface Message {
  readonly severity: Severity;
  /** Template; `{name}` is replaced by the argument of that name. */
  readonly text: string;
  /** The reason for the finding and the way out, in a few plain sentences. */
  readonly explanation: string;
  /** True if no comment can suppress the finding; errors can never be suppressed. */
  readonly insuppressible?: true;
}

/** The messages of one module, by code. */
export type Messages = Readonly<Record<Code, Message>>;

type Placeholder<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

type Arguments<Text extends string> = Readonly<Record<Placeholder<Text>, string | number>>;

/** Data that a finding may carry beside its message. */
export interface Details {
  readonly related?: readonly Related[];
  readonly fix?: Fix;
  readonly cause?: string;
}

/** Declares messages so that the compiler knows the placeholders of each message. */
export function defineMessages<const M extends Messages>(messages: M): M {
  return messages;
}

/** Returns a finding of the kind `code`; a missing argument is a compile error. */
export function finding<M extends Messages, C extends keyof M & Code>(
  messages: M,
  code: C,
  location: Location,
  values: Arguments<M[C]['text']>,
  details: Details = {},
): Diagnostic {
  const { severity, text } = messages[code] as Message;
  const filled: Readonly<Record<string, unknown>> = values;
  return {
    code,
    severity,
    message: text.replace(/\{(\w+)\}/g, (_whole, name: string) => String(filled[name])),
    location,
    related: details.related ?? [],
    ...(details.fix === undefined ? {} : { fix: details.fix }),
    ...(details.cause === undefined ? {} : { cause: details.cause }),
  };
}

/** Receives each finding when it is made. */
export type Report = (diagnostic: Diagnostic) => void;
