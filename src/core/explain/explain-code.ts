import type { Message } from '../diagnostics/message.ts';
import { catalog } from '../message-catalog.ts';

/** Returns the message of a code, or undefined if there is no such code; case and a missing `MESH` are forgiven. */
export function explainCode(code: string): { readonly code: string; readonly message: Message } | undefined {
  const upper = code.toUpperCase();
  const full = /^\d+$/.test(upper) ? `MESH${upper}` : upper;
  const message = catalog.get(full);
  return message === undefined ? undefined : { code: full, message };
}
