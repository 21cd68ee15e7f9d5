/** One sheet for the pages that the API itself serves; light and dark by the reader's setting. */
export const STYLE = `
:root { color-scheme: light dark; --bg: #fbfbfd; --panel: #fff; --ink: #14161c; --soft: #5b6272; --line: #e3e6ee;
  --accent: #4a4fe0; --code: #f1f3f9; --get: #0b7a4b; --post: #3b43d6; --patch: #9a5b00; --delete: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --bg: #0f1116; --panel: #171a21; --ink: #eceef4; --soft: #a0a8b8;
  --line: #2a2f3a; --accent: #9aa0ff; --code: #1f232d; --get: #5bd39a; --post: #a3a9ff; --patch: #f0b45a; --delete: #ff8a80; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--bg); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
a { color: var(--accent); } a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code, pre { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; }
code { background: var(--code); border-radius: 4px; padding: 0.1em 0.35em; overflow-wrap: anywhere; }
pre { background: var(--code); border-radius: 8px; padding: 0.9rem 1rem; overflow-x: auto; } pre code { padding: 0; background: none; overflow-wrap: normal; }
h1 { font-size: 2rem; line-height: 1.2; letter-spacing: -0.02em; margin: 0 0 0.5rem; } h2 { font-size: 1.35rem; margin: 2.5rem 0 0.5rem; }
h3 { font-size: 1.05rem; margin: 0; } p { margin: 0.4rem 0 0.8rem; } .soft { color: var(--soft); }
.landing { max-width: 46rem; margin: 0 auto; padding: 12vh 1.25rem 4rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 0.75rem; margin: 2rem 0; padding: 0; list-style: none; }
.cards a { display: block; height: 100%; padding: 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 12px; color: inherit; text-decoration: none; }
.cards a:hover { border-color: var(--accent); } .cards strong { display: block; color: var(--accent); }
.reference { display: grid; grid-template-columns: 17rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.25rem; border-right: 1px solid var(--line); font-size: 0.9rem; }
nav ul { list-style: none; margin: 0 0 1rem; padding: 0; } nav a { color: inherit; text-decoration: none; display: block; padding: 0.15rem 0; }
nav a:hover { color: var(--accent); } nav strong { color: var(--soft); font-size: 0.75rem; text-transform: uppercase; letter-spacing: 0.06em; }
main { padding: 2rem clamp(1rem, 4vw, 3rem) 6rem; max-width: 60rem; }
.op { background: var(--panel); border: 1px solid var(--line); border-radius: 12px; padding: 1.1rem 1.25rem; margin: 1rem 0; }
.line { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: baseline; margin: 0.35rem 0 0.6rem; }
.method { font: 600 0.75rem ui-monospace, monospace; text-transform: uppercase; border: 1px solid currentColor; border-radius: 5px; padding: 0.1rem 0.4rem; }
.get { color: var(--get); } .post, .put { color: var(--post); } .patch { color: var(--patch); } .delete { color: var(--delete); }
.fields { list-style: none; margin: 0.3rem 0; padding: 0 0 0 0.9rem; border-left: 2px solid var(--line); } .fields li { padding: 0.2rem 0; }
.type { color: var(--soft); font-size: 0.875rem; } .need { color: var(--delete); font-size: 0.75rem; }
summary { cursor: pointer; color: var(--soft); padding: 0.25rem 0; } h4 { margin: 0.9rem 0 0.2rem; font-size: 0.85rem; color: var(--soft); }
@media (max-width: 760px) { .reference { display: block; } nav { position: static; height: auto; max-height: 40vh; border-right: 0; border-bottom: 1px solid var(--line); } }
`;
