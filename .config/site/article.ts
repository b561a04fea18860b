import { Marked, type Tokens } from 'marked';

/** The content of a page. */
export interface Article {
  readonly title: string;
  readonly html: string;
  /** The headings of the second level. */
  readonly sections: readonly { readonly id: string; readonly text: string }[];
}

/** Returns the content of a Markdown page; `resolve` returns the address of a link to another file of the repository. */
export function article(markdown: string, resolve: (href: string) => string): Article {
  const sections: { id: string; text: string }[] = [];
  const taken = new Map<string, number>();
  const anchors = new Set([...markdown.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id));
  let title = '';
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const text = plainText(tokens);
        const id = idOf(text, taken);
        if (depth === 1 && title === '') title = text;
        if (depth === 2) sections.push({ id, text });
        const level = String(depth);
        const own = anchors.has(id) ? '' : ` id="${id}"`;
        return `<h${level}${own}>${this.parser.parseInline(tokens)} <a class="anchor" href="#${id}" aria-label="link to this section">#</a></h${level}>\n`;
      },
      link({ href, tokens }) {
        const isElsewhere = /^[a-z]+:/.test(href);
        return `<a href="${escaped(isElsewhere ? href : resolve(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      image({ href, text }) {
        return `<img src="${escaped(resolve(href))}" alt="${escaped(text)}">`;
      },
      code({ text, lang = '' }) {
        const language = /^\w+/.exec(lang)?.[0] ?? 'text';
        return `<pre class="${language}"><code>${highlighted(text, language)}</code></pre>\n`;
      },
      table(token: Tokens.Table) {
        const row = (cells: readonly Tokens.TableCell[], tag: string): string =>
          `<tr>${cells.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('')}</tr>`;
        const head = token.header.some(({ text }) => text !== '')
          ? `<thead>${row(token.header, 'th')}</thead>`
          : '';
        return `<div class="table"><table>${head}<tbody>${token.rows.map((cells) => row(cells, 'td')).join('\n')}</tbody></table></div>\n`;
      },
    },
  });
  const html = marked.parse(markdown, { async: false });
  return { title, html, sections };
}

/** Returns the id that GitHub gives a heading. */
function idOf(text: string, taken: Map<string, number>): string {
  const id = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
  const count = taken.get(id) ?? 0;
  taken.set(id, count + 1);
  return count === 0 ? id : `${id}-${String(count)}`;
}

function plainText(tokens: readonly { readonly type: string; readonly raw: string }[]): string {
  return tokens
    .map((token) => ('tokens' in token ? plainText(token.tokens as Tokens.Generic[]) : textOf(token)))
    .join('');
}

function textOf(token: { readonly type: string; readonly raw: string; readonly text?: string }): string {
  return token.type === 'html' ? '' : (token.text ?? token.raw);
}

/** Marks comments, and in YAML the keys, in transcripts the commands. */
function highlighted(text: string, language: string): string {
  return text
    .split('\n')
    .map((line) => {
      if (language === 'console' && line.startsWith('$ ')) return `<b>${escaped(line)}</b>`;
      if (!['yaml', 'sh', 'toml', 'dockerfile'].includes(language)) return escaped(line);
      const [, before = '', comment = ''] = /^((?:.*?\s)?)(#.*)?$/.exec(line) ?? [];
      const written = escaped(comment === '' ? line : before);
      const keyed =
        language === 'yaml' ? written.replace(/^([\s-]*)([\w./-]+:)(?=\s|$)/, '$1<i>$2</i>') : written;
      return comment === '' ? keyed : `${keyed}<s>${escaped(comment)}</s>`;
    })
    .join('\n');
}

/** Returns a text for HTML. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
