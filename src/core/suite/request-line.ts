import type { RequestFields } from '../explain/request/request-fields.ts';

/** Returns the fields of a request that is written in a line: `METHOD PATH`, `PATH` or `METHOD`. */
export function requestLine(line: string): Pick<RequestFields, 'method' | 'path'> {
  const blank = line.indexOf(' ');
  if (blank >= 0) return { method: line.slice(0, blank), path: line.slice(blank + 1) };
  return /^[/*]/.test(line) ? { path: line } : { method: line };
}
