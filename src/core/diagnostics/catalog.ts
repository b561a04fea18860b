import { analyzers } from '../analyze/analyze.ts';
import { linkMessages } from '../ir/link/messages.ts';
import { messages as syntax } from '../source/messages.ts';
import { messages as loading } from '../spec/load-messages.ts';
import { messages as schema } from '../spec/schema-messages.ts';
import type { Message, Messages } from './message.ts';

/** The messages of every module, a line for each. */
const modules: readonly Messages[] = [
  syntax,
  loading,
  schema,
  ...linkMessages,
  ...analyzers.map(({ messages }) => messages),
];

/** Every kind of finding by its code, in order of code. */
export const catalog: ReadonlyMap<string, Message> = new Map(
  modules.flatMap((messages) => Object.entries(messages)).sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** What a code means; upper and lower case and a missing `MESH` are forgiven. */
export function explain(code: string): { readonly code: string; readonly message: Message } | undefined {
  const upper = code.toUpperCase();
  const full = /^\d+$/.test(upper) ? `MESH${upper}` : upper;
  const message = catalog.get(full);
  return message === undefined ? undefined : { code: full, message };
}
