import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import type { UnreadableSource } from '../source/source.ts';
import { messages } from './load-messages.ts';
import { startOf } from './start-of.ts';

/**
 * Returns the finding that a file of the spec could not be read: it is an error, since the spec would mean something
 * else without the file.
 */
export function unreadable({ file, problem, detail }: UnreadableSource): Diagnostic {
  const values = { detail: detail === undefined ? '' : `: ${detail}` };
  return finding(messages, codes[problem], startOf(file), values);
}

const codes = {
  'too-large': 'MESH1020',
  'outside-root': 'MESH1021',
  'not-a-file': 'MESH1022',
  unreadable: 'MESH1023',
} as const satisfies Record<UnreadableSource['problem'], keyof typeof messages>;
