import { escapeControl, replaceHidden } from './escape-control.ts';

/**
 * The form of an output, which decides how an escape looks: `text` for people, `json` for JSON and YAML whose strings
 * are quoted, `xml`, `markdown`, `commands` for workflow commands of GitHub Actions. `verbatim` is a document of the
 * user's own that is printed unchanged.
 */
export type Form = 'text' | 'json' | 'xml' | 'markdown' | 'commands' | 'verbatim';

/**
 * Returns an output in which no name, message or value can steer a terminal, hide text, or give a command to a CI
 * system that reads the log: GitHub Actions executes a line that begins with `::` after white space, and `##[` anywhere
 * in a line; Azure Pipelines executes `##vso[`, TeamCity `##teamcity[`. Line feeds and tabs stay, and so do the
 * palette's colours if `coloured`. Readers of JSON and XML get the same data.
 */
export function printable(text: string, form: Form, coloured = false): string {
  switch (form) {
    case 'verbatim':
      return text;
    case 'json':
      return visible(text, asJson).replace(logCommand, '#\\u0023');
    case 'xml':
      return visible(text, escapeControl).replace(lineCommand, '$1&#58;:').replace(logCommand, '#&#35;');
    case 'commands':
      return visible(text, escapeControl)
        .split('\n')
        .map((line) => (annotation.test(line) ? line.replace(logCommand, '#\\x23') : withoutCommands(line)))
        .join('\n');
    case 'text':
    case 'markdown':
      return withoutCommands(coloured ? visibleInColour(text) : visible(text, escapeControl));
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with one
const lineCommand = /^((?:[^\S\n]|\x1b\[\d+m)*)::/gm;
const logCommand = /##(?=\w*\[)/g;

/** A workflow command that `mesh` writes itself: it annotates a line and changes no later step. */
const annotation = /^::(?:error|warning|notice) /;

/** The codes that the palette writes: bold, dim, red, green, yellow, blue, cyan, and the ends of these. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with one
const colour = /(\x1b\[(?:1|2|22|31|32|33|34|36|39)m)/;

function withoutCommands(text: string): string {
  return text.replace(lineCommand, '$1\\x3a:').replace(logCommand, '#\\x23');
}

function visibleInColour(text: string): string {
  // `split` with a group returns text and colours in turns: every second part is a colour.
  return text
    .split(colour)
    .map((part, index) => (index % 2 === 1 ? part : visible(part, escapeControl)))
    .join('');
}

function visible(text: string, escape: (character: string) => string): string {
  if (/^[\n\t -~]*$/.test(text)) return text;
  return replaceHidden(text, (character) =>
    character === '\n' || character === '\t' ? character : escape(character),
  );
}

function asJson(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
