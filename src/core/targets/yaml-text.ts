import type { Json } from './artifact.ts';

/**
 * Returns JSON data as YAML in block style that parsers of YAML 1.1 (Kubernetes) and 1.2 read alike: a string is
 * unquoted only if neither could read it as another type. Texts of several lines become block scalars.
 */
export function yamlText(value: Json): string {
  const lines: string[] = [];
  if (typeof value !== 'object' || value === null || isEmpty(value)) return `${flow(value)}\n`;
  write(value, '', '', lines);
  return `${lines.join('\n')}\n`;
}

type Container = readonly Json[] | { readonly [key: string]: Json | undefined };

/** Writes a list or map that isn't empty. Its first line begins with `first`, all others with `indent`. */
function write(value: Container, first: string, indent: string, lines: string[]): void {
  let head = first;
  if (isList(value)) {
    for (const entry of value) {
      put(`${head}-`, entry, `${indent}  `, lines, true);
      head = indent;
    }
    return;
  }
  for (const [key, entry] of Object.entries(value)) {
    if (entry === undefined) continue;
    put(`${head}${scalar(key)}:`, entry, isList(entry) ? indent : `${indent}  `, lines, false);
    head = indent;
  }
}

function put(head: string, value: Json, indent: string, lines: string[], inList: boolean): void {
  if (typeof value !== 'object' || isEmpty(value)) {
    lines.push(`${head} ${typeof value === 'string' ? text(value, indent) : flow(value)}`);
  } else if (inList) {
    write(value as Container, `${head} `, indent, lines);
  } else {
    lines.push(head);
    write(value as Container, indent, indent, lines);
  }
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isEmpty(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return value === null;
  if (isList(value)) return value.length === 0;
  for (const key in value) if (value[key] !== undefined) return false;
  return true;
}

function flow(value: Json): string {
  if (typeof value === 'string') return scalar(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return isList(value) ? '[]' : '{}';
}

/** Returns a text of several lines as a block, unless a line could be a command to a CI system that shows the log. */
function text(value: string, indent: string): string {
  if (!/^[!-~][ -~]*\n[ -~\n]*[!-~]\n?$/.test(value) || /^ *::|##\w*\[/m.test(value)) return scalar(value);
  const ends = value.endsWith('\n');
  const lines = (ends ? value.slice(0, -1) : value).split('\n');
  return [ends ? '|' : '|-', ...lines.map((line) => (line === '' ? '' : `${indent}${line}`))].join('\n');
}

const bare = /^[A-Za-z/][\w./-]*$/;
/**
 * Matches texts that some parsers read as another type: booleans of YAML 1.1, and an exponent without a number before
 * it.
 */
const meaningful = /^(?:true|false|null|yes|no|on|off|y|n|e[\d_.]+)$/i;

function scalar(value: string): string {
  return bare.test(value) && !meaningful.test(value) ? value : quoted(value);
}

const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Returns a text in quotes. A leading `${` is escaped, since it would be read as a placeholder. */
function quoted(value: string): string {
  const escaped = JSON.stringify(value).replace(
    unprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return escaped.startsWith('"${') ? `"\\u0024${escaped.slice(2)}` : escaped;
}
