import { escapeControl } from '../core/lib/escape-control.ts';

/** Content of an element: finished XML, or text. */
export type XmlContent = string | { readonly text: string };

/**
 * Returns an XML element on lines of its own, indented by `depth` levels. Text and attributes are escaped; characters
 * that XML 1.0 can't hold are shown as escapes.
 */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string>>,
  content: readonly XmlContent[],
  depth: number,
): string {
  const indent = '  '.repeat(depth);
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(escapeControl(value))}"`,
  );
  const head = `${indent}<${name}${written.join('')}`;
  if (content.length === 0) return `${head}/>\n`;
  const body = content.map((part) => (typeof part === 'string' ? part : escaped(lines(part.text)))).join('');
  return `${head}>${body}${body.endsWith('\n') ? indent : ''}</${name}>\n`;
}

function lines(text: string): string {
  return text.split('\n').map(escapeControl).join('\n');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}
