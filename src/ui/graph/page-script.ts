/**
 * The script of the page of a graph. It writes text only as `textContent`, so that no name can become markup. It runs in
 * a browser; `data` is a `GraphPageData`.
 */
export const pageScript = String.raw`'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const picture = document.getElementById('picture');
const panel = document.getElementById('panel');
const search = document.getElementById('search');
const svg = picture.querySelector('svg');
const nodes = new Map(data.nodes.map((node) => [node.id, node]));
const into = new Map();
const outOf = new Map();
const add = (map, key, edge) => { const list = map.get(key); if (list) list.push(edge); else map.set(key, [edge]); };
for (const edge of data.edges) { add(into, edge.to, edge); add(outOf, edge.from, edge); }

function element(name, text, css) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (css) made.className = css;
  return made;
}
function nameOf(id) {
  const node = nodes.get(id);
  return node && (node.kind === 'callers' || node.kind === 'hosts') ? node.name : id;
}
function link(id) {
  const made = element('button', nameOf(id));
  made.type = 'button';
  made.addEventListener('click', () => choose(id));
  return made;
}
const standsFor = (edge, id) => !(edge.except || []).includes(id) && !(edge.except || []).includes(id.slice(0, id.indexOf('/')) + '/*');
function callsOf(id) {
  const node = nodes.get(id);
  const groups = node && node.kind === 'service' ? [id.slice(0, id.indexOf('/')) + '/*', '*'] : [];
  return [...(outOf.get(id) || []), ...groups.flatMap((one) => (outOf.get(one) || []).filter((edge) => edge.to !== id && standsFor(edge, id)))];
}
function list(title, edges, end, own) {
  panel.append(element('h3', title + ' (' + edges.length + ')'));
  const all = element('ul');
  for (const edge of edges) {
    const item = element('li');
    item.append(link(edge[end]));
    if (edge.kind === 'route') item.append(element('span', 'by its Route', 'tag soft'));
    if (end === 'to' && edge.from !== own) item.append(element('span', 'as ' + nameOf(edge.from), 'tag soft'));
    if (edge.state !== 'allowed') item.append(element('span', data.words[edge.state], 'tag ' + edge.state));
    if (edge.change) item.append(element('span', data.words[edge.change], 'tag ' + edge.change));
    const lines = element('ul');
    for (const line of edge.lines) lines.append(element('li', line));
    item.append(lines);
    all.append(item);
  }
  if (edges.length === 0) panel.append(element('p', 'none', 'soft'));
  panel.append(all);
}
function mark(ids, own) {
  picture.classList.toggle('chosen', ids.size > 0);
  for (const part of svg.querySelectorAll('.node')) {
    part.classList.toggle('on', ids.has(part.dataset.id));
    part.classList.toggle('self', part.dataset.id === own);
  }
  for (const part of svg.querySelectorAll('.edge')) part.classList.toggle('on', part.dataset.from === own || part.dataset.to === own);
}
function shownAs(id) {
  if (data.drawn.includes(id)) return id;
  const node = nodes.get(id);
  return node && node.namespace && data.drawn.includes(node.namespace) ? node.namespace : undefined;
}
function show(id) {
  panel.replaceChildren();
  const node = nodes.get(id);
  if (!node) {
    panel.append(element('p', 'Choose a part of the graph, or search for one: its callers and callees are shown here, with the lines that decide.', 'soft'));
    for (const note of data.notes) panel.append(element('p', note, 'soft'));
    mark(new Set());
    return;
  }
  panel.append(element('h2', nameOf(id)));
  panel.append(element('p', [node.kind, node.origin].filter(Boolean).join(', '), 'soft'));
  if (node.kind === 'namespace') {
    const own = data.nodes.filter((one) => one.namespace === id && one.kind !== 'namespace' && one.kind !== 'callers');
    panel.append(element('h3', 'Parts (' + own.length + ')'));
    const all = element('ul');
    for (const one of own) { const item = element('li'); item.append(link(one.id)); all.append(item); }
    panel.append(all);
  }
  const callers = into.get(id) || [];
  const callees = callsOf(id);
  list('Called by', callers, 'from', id);
  list('Calls', callees, 'to', id);
  const own = shownAs(id);
  const ids = new Set([own]);
  for (const part of svg.querySelectorAll('.edge')) {
    if (part.dataset.from === own) ids.add(part.dataset.to);
    if (part.dataset.to === own) ids.add(part.dataset.from);
  }
  mark(own === undefined ? new Set() : ids, own);
}
function choose(id) { location.hash = id === undefined ? '' : encodeURIComponent(id); }
function chosen() { try { return decodeURIComponent(location.hash.slice(1)); } catch { return ''; } }
window.addEventListener('hashchange', () => show(chosen()));

const mostFound = 40;
function find() {
  const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) { show(chosen()); return []; }
  const found = data.nodes.filter((node) => words.every((word) => (node.id + ' ' + node.name).toLowerCase().includes(word)));
  panel.replaceChildren(element('h3', found.length + (found.length === 1 ? ' part' : ' parts')));
  const all = element('ul');
  for (const { id } of found.slice(0, mostFound)) { const item = element('li'); item.append(link(id)); all.append(item); }
  panel.append(all);
  if (found.length > mostFound) panel.append(element('p', 'and ' + (found.length - mostFound) + ' more', 'soft'));
  return found;
}
search.addEventListener('input', find);
search.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  const [first] = find();
  if (first) { search.value = ''; if (chosen() === first.id) show(first.id); else choose(first.id); }
});
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== search) { event.preventDefault(); search.focus(); }
  if (event.key === 'Escape') { search.value = ''; search.blur(); choose(undefined); show(''); }
});
for (const part of svg.querySelectorAll('.node')) {
  part.setAttribute('tabindex', '0');
  part.setAttribute('role', 'button');
  part.addEventListener('click', (event) => { event.stopPropagation(); choose(part.dataset.id); });
  part.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(part.dataset.id); }
  });
}

const [width, height] = [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height];
let scale = 1;
function zoom(to) {
  scale = Math.min(4, Math.max(0.05, to));
  svg.setAttribute('width', String(width * scale));
  svg.setAttribute('height', String(height * scale));
}
const fit = () => zoom(Math.min(1, (picture.clientWidth - 20) / width, (picture.clientHeight - 20) / height));
document.getElementById('closer').addEventListener('click', () => zoom(scale * 1.3));
document.getElementById('farther').addEventListener('click', () => zoom(scale / 1.3));
document.getElementById('fit').addEventListener('click', fit);
picture.addEventListener('wheel', (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  zoom(scale * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
}, { passive: false });
let held;
picture.addEventListener('pointerdown', (event) => { held = { x: event.clientX, y: event.clientY, left: picture.scrollLeft, top: picture.scrollTop }; });
window.addEventListener('pointerup', () => { held = undefined; picture.classList.remove('held'); });
window.addEventListener('pointermove', (event) => {
  if (!held) return;
  picture.classList.add('held');
  picture.scrollLeft = held.left + held.x - event.clientX;
  picture.scrollTop = held.top + held.y - event.clientY;
});
fit();
show(chosen());
`;
