import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { worstFirst } from '../../core/diagnostics/worst-first.ts';
import { formatOrigin, originOf } from '../../core/location.ts';
import { codeFrame } from '../../core/source/code-frame.ts';
import type { SourceText } from '../../core/source/document.ts';
import {
  markdownBlock,
  markdownCode,
  markdownDetails,
  markdownLimit,
  markdownRow,
  markdownTable,
  markdownText,
  partsWithin,
} from '../markdown.ts';
import { quantity } from '../quantity.ts';
import type { Findings } from './findings.ts';

/** The most characters of the table, its most rows, and the most findings that are shown with their lines. */
const tableLimit = 40_000;
const rows = 100;
const framed = 20;

/**
 * Returns findings as a page for a step summary or a comment: the answer, a table, and the folded source lines of the
 * worst findings.
 */
export function findingsMarkdown(findings: Findings): string {
  const { command, headline, suppressed } = findings;
  const all = worstFirst(findings.reported);
  const lines = all.slice(0, rows).map((one) => markdownRow(row(one, findings.prefix)));
  const { kept } = partsWithin(lines, tableLimit);
  const left = all.length - kept.length;
  const page = [
    `### ${markdownText(command)}\n`,
    `${markdownText(headline)}\n`,
    ...(kept.length > 0 ? [markdownTable(['', 'place', 'finding', 'code'], kept)] : []),
    ...(left > 0 ? [`And ${quantity(left, 'more finding')}.\n`] : []),
    ...(suppressed.length > 0 ? [`${quantity(suppressed.length, 'finding')} suppressed by comments.\n`] : []),
  ].join('\n');
  const details = partsWithin(frames(all.slice(0, framed), findings), markdownLimit - page.length);
  return [page, ...details.kept].join('\n');
}

function row({ severity, message, code, location }: Diagnostic, prefix: string): readonly string[] {
  const text = message.length > 300 ? `${message.slice(0, 300)}…` : message;
  return [severity, markdownCode(prefix + formatOrigin(originOf(location))), markdownText(text), code];
}

function frames(shown: readonly Diagnostic[], { texts, prefix }: Findings): readonly string[] {
  const byFile = new Map<string, SourceText>(texts.map((text) => [text.file, text]));
  return shown.flatMap((one) => {
    const text = byFile.get(one.location.file);
    if (text === undefined) return [];
    const place = markdownCode(prefix + formatOrigin(originOf(one.location)));
    return [markdownDetails(`${one.code} ${place}`, markdownBlock(codeFrame(text, one.location)))];
  });
}
