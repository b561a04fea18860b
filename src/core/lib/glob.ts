import { RE2JS } from 're2js';

/**
 * Returns a function that tests paths by a glob. `*` and `?` stay within one element, `**` matches any number of
 * elements, `[a-z]` and `{a,b}` are as in a shell. A glob that matches a folder also matches everything below the
 * folder.
 */
export function glob(pattern: string): (path: string) => boolean {
  const trimmed = pattern.replace(/^\.?\//, '').replace(/\/+$/, '');
  const compiled = RE2JS.compile(`(?s)^(?:${expression(trimmed)})(?:/.*)?$`);
  return (path) => compiled.matches(path);
}

const pieces = /\*\*\/|\/\*\*$|\*\*|\*|\?|\[[^\]/]+\]|\{[^{}/]*\}|[^*?[{]+|[[{]/g;

function expression(text: string): string {
  return (text.match(pieces) ?? []).map(piece).join('');
}

function piece(text: string): string {
  if (text === '**/') return '(?:[^/]+/)*';
  if (text === '/**') return '/.*';
  if (text === '**') return '.*';
  if (text === '*') return '[^/]*';
  if (text === '?') return '[^/]';
  if (text.startsWith('[') && text.length > 2) return text.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
  if (text.startsWith('{') && text.endsWith('}')) {
    return `(?:${text.slice(1, -1).split(',').map(expression).join('|')})`;
  }
  return RE2JS.quote(text);
}
