import path from 'node:path';
import { type Article, escaped } from './article.ts';

/** Returns a whole page. It needs no script, and reads well in a narrow window and without its style. */
export function frame(
  { place, title, html, sections }: Article & { readonly place: string },
  nav: string,
): string {
  const up = '../'.repeat(place.split('/').length - 1);
  const home = path.posix.join(up, 'index.html');
  const list = sections.map(({ id, text }) => `<li><a href="#${id}">${escaped(text)}</a></li>`).join('');
  const toc =
    sections.length > 1
      ? `<nav class="toc" aria-label="On this page"><h2>On this page</h2><ul>${list}</ul></nav>`
      : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title === 'Meshwright' ? title : `${title} · Meshwright`)}</title>
<link rel="stylesheet" href="${up}site.css">
</head>
<body>
<header><a href="${home}">Meshwright</a></header>
<details class="menu"><summary>All pages</summary><nav aria-label="All pages">${nav}</nav></details>
<nav class="pages" aria-label="Pages">${nav}</nav>
<main>
${html}</main>
${toc}
</body>
</html>
`;
}
