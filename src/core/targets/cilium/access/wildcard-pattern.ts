/**
 * Returns a pattern for the paths of a regular expression whose wildcards end before a query and take no `;`: else they
 * would take a query for a part of the path, or a dot segment with parameters. Returns undefined for an expression
 * with parts that this rewriting doesn't read.
 */
export function wildcardPattern(value: string): string | undefined {
  let made = '';
  let at = 0;
  while (at < value.length) {
    const token = tokens.find((one) => {
      one.pattern.lastIndex = at;
      return one.pattern.test(value);
    });
    const text = token === undefined ? undefined : matchAt(token.pattern, value, at);
    const written = text === undefined ? undefined : token?.write(text);
    if (text === undefined || written === undefined) return undefined;
    made += written;
    at += text.length;
  }
  return `(?:${made})`;
}

function matchAt(pattern: RegExp, value: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(value)?.[0];
}

interface Token {
  readonly pattern: RegExp;
  readonly write: (text: string) => string | undefined;
}

const kept = (text: string): string => text;

/** Tokens of an expression. Anything else, such as flags, assertions and names of classes, is not read. */
const tokens: readonly Token[] = [
  { pattern: /[!"#%&',/0-9:<=>@A-Z_`a-z~{}-]/y, write: kept },
  { pattern: /\\[dw]/y, write: kept },
  { pattern: /\\[.+*()|[\]{}^$/-]/y, write: kept },
  { pattern: /\((?:\?:|(?!\?))/y, write: kept },
  { pattern: /[)|]/y, write: kept },
  { pattern: /(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??/y, write: kept },
  { pattern: /\./y, write: () => '[!-:<->@-~]' },
  { pattern: /\[\^(?:[^\\[\]&~-]|[^\\[\]&~]-[^\\[\]&~])+\]/y, write: (text) => `${text.slice(0, -1)}?;]` },
  { pattern: /\[(?:[^\\[\]^&~?;-]|[A-Z]-[A-Z]|[a-z]-[a-z]|[0-9]-[0-9]|\\[dw.-])+-?\]/y, write: kept },
];
