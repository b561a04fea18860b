import type { DocumentDirective } from 'js-yaml';

/**
 * Returns the short name of a YAML core tag (`str` for `!!str` and `!<tag:yaml.org,2002:str>`), `!` for the
 * non-specific tag, and `undefined` for any other. Resolves `%TAG` directives (YAML 1.2.2, 6.8.2).
 */
export function coreTag(written: string, directives: readonly DocumentDirective[]): string | undefined {
  if (written === '!') return '!';
  const full = written.startsWith('!<') ? written.slice(2, -1) : expand(written, directives);
  return full.startsWith(prefix) ? full.slice(prefix.length) : undefined;
}

const prefix = 'tag:yaml.org,2002:';

function expand(written: string, directives: readonly DocumentDirective[]): string {
  const handle = /^!(?:[^!]*!)?/.exec(written)?.[0] ?? '';
  const declared = directives.find((directive) => directive.kind === 'tag' && directive.handle === handle);
  const start = declared?.kind === 'tag' ? declared.prefix : handle === '!!' ? prefix : handle;
  return start + written.slice(handle.length);
}
