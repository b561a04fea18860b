import { type Construction, report } from './construction.ts';

/**
 * Reports each line of the document that is indented by a tab. YAML allows some of them inside brackets; in the lines
 * of a multi-line scalar, a tab may be part of the value.
 */
export function reportTabs(construction: Construction, start: number, end: number): void {
  const { source, longScalars } = construction;
  const text = source.text.slice(0, end);
  const indentation = /^ *(\t)[ \t]*(?=[^\s#])/gm;
  indentation.lastIndex = text.lastIndexOf('\n', start) + 1;
  let next = 0;
  for (let match = indentation.exec(text); match !== null; match = indentation.exec(text)) {
    const tab = match.index + match[0].indexOf('\t');
    while ((longScalars[next]?.[1] ?? Number.POSITIVE_INFINITY) <= tab) next += 1;
    if ((longScalars[next]?.[0] ?? Number.POSITIVE_INFINITY) > tab)
      report(construction, 'MESH1004', [tab, tab + 1]);
  }
}
