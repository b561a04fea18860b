import { escapeControl } from '../core/lib/escape-control.ts';

/** Returns a text for XML and HTML, as content or as a quoted attribute. */
export function markup(text: string): string {
  return escapeControl(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
