/** The style of the page of a graph, besides that of its picture. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --soft: #59636e; --rule: #d1d9e0; --part: #f6f8fa; --red: #d1242f; --amber: #9a6700; --green: #1a7f37; --purple: #8250df; --blue: #0969da; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --soft: #9198a1; --rule: #3d444d; --part: #161b22; --red: #ff7b72; --amber: #d29922; --green: #3fb950; --purple: #bc8cff; --blue: #58a6ff; } }
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { display: grid; grid-template: auto 1fr / 1fr 26rem; font: 14px/1.45 system-ui, Helvetica, Arial, sans-serif; color: var(--ink); background: var(--paper); }
header { grid-column: 1 / 3; display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; align-items: center; padding: .6rem 1rem; border-bottom: 1px solid var(--rule); }
h1 { font-size: 1.1rem; margin: 0; }
h2 { font-size: 1rem; margin: 0 0 .2rem; overflow-wrap: anywhere; }
h3 { font-size: .9rem; margin: 1rem 0 .3rem; }
p { margin: .2rem 0; }
.soft { color: var(--soft); }
#picture { overflow: auto; padding: .5rem; cursor: grab; }
#picture.held { cursor: grabbing; }
#picture svg { display: block; }
#picture .node { cursor: pointer; }
#picture .node:focus { outline: none; }
#picture .node:focus rect { stroke: var(--blue); stroke-width: 3; }
#picture.chosen .edge, #picture.chosen .node { opacity: .15; }
#picture.chosen .edge.on, #picture.chosen .node.on { opacity: 1; }
#picture.chosen .edge.on path { stroke-opacity: 1; stroke-width: 2; }
#picture.chosen .edge.on polygon { fill-opacity: 1; }
#picture .node.self rect { stroke: var(--blue); stroke-width: 3; }
aside { border-left: 1px solid var(--rule); overflow: auto; padding: .8rem 1rem; }
input { font: inherit; width: 16rem; padding: .25rem .5rem; color: inherit; background: var(--part); border: 1px solid var(--rule); border-radius: 6px; }
button { font: inherit; color: var(--blue); background: none; border: 0; padding: 0; text-align: left; cursor: pointer; overflow-wrap: anywhere; }
button:hover { text-decoration: underline; }
button:focus-visible, input:focus-visible { outline: 2px solid var(--blue); outline-offset: 1px; }
.zoom button { border: 1px solid var(--rule); border-radius: 6px; padding: .1rem .55rem; }
ul { list-style: none; margin: 0; padding: 0; }
li { margin: 0 0 .45rem; }
li li { margin: .1rem 0 .1rem .8rem; color: var(--soft); font: 12px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.tag { font-size: 12px; margin-left: .5rem; }
.undeclared { color: var(--red); } .refused { color: var(--amber); }
.appears, .widens { color: var(--green); } .goes, .tightens { color: var(--purple); } .changes, .reroutes { color: var(--blue); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; font-size: 12px; }
.legend i { display: inline-block; width: 1.6rem; border-top: 2px solid currentColor; vertical-align: middle; margin-right: .35rem; }
.legend .refused i, .legend .goes i { border-top-style: dashed; }
@media (max-width: 900px) { body { grid-template: auto 55vh auto / 1fr; } header { grid-column: 1; } aside { border-left: 0; border-top: 1px solid var(--rule); } }
@media print { aside, .zoom, input { display: none; } body { display: block; } }
`;
