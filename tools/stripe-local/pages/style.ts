/** One sheet for all pages; light and dark by the reader's own setting. */
export const STYLE: string = `
:root { color-scheme: light dark; --bg: light-dark(#f6f7f9, #14161a); --card: light-dark(#fff, #1d2026);
  --text: light-dark(#1b1f27, #eceef2); --quiet: light-dark(#586072, #a9b1c0); --line: light-dark(#d7dbe3, #363b46);
  --accent: light-dark(#4338ca, #a5b4fc); --on-accent: light-dark(#fff, #14161a); --bad: light-dark(#a3182c, #ff9aa8);
  --note: light-dark(#fff4d6, #3a300f); --note-text: light-dark(#5a4300, #ffe3a1); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
.banner { background: var(--note); color: var(--note-text); padding: .5rem 1rem; text-align: center; font-size: .9rem; }
main { max-width: 30rem; margin: 1.5rem auto; padding: 0 1rem 3rem; }
main.wide { max-width: 64rem; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 1rem; } h2 { font-size: 1.1rem; margin: 0 0 .75rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem; margin: 0 0 1rem; }
.total { font-size: 2rem; font-weight: 650; margin: 0 0 1rem; }
ul.lines { list-style: none; margin: 0; padding: 0; } ul.lines li { display: flex; justify-content: space-between; gap: 1rem; padding: .35rem 0; }
label { display: block; font-weight: 550; margin: .9rem 0 .25rem; }
label.choice { display: flex; gap: .5rem; align-items: center; font-weight: 400; margin: .4rem 0; }
input, select, button { font: inherit; color: inherit; }
input:not([type=radio]):not([type=checkbox]), select { width: 100%; padding: .6rem .7rem; border: 1px solid var(--line);
  border-radius: 8px; background: var(--bg); min-height: 44px; }
.row { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; }
button, .button { display: inline-block; min-height: 44px; padding: .6rem 1rem; border-radius: 8px; border: 1px solid var(--line);
  background: var(--card); cursor: pointer; text-decoration: none; color: var(--text); }
button.primary { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
.actions { display: flex; flex-wrap: wrap; gap: .6rem; margin-top: 1rem; align-items: center; } .actions.full > button { width: 100%; }
form.inline { display: inline; } .quiet { color: var(--quiet); font-size: .92rem; }
.alert { border: 1px solid var(--bad); color: var(--bad); border-radius: 8px; padding: .6rem .8rem; margin: 0 0 1rem; }
.tag { border: 1px solid var(--line); border-radius: 99px; padding: .05rem .6rem; font-size: .85rem; white-space: nowrap; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; padding: .4rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
code { font-family: ui-monospace, monospace; font-size: .88em; overflow-wrap: anywhere; }
a { color: var(--accent); } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
form:has(input[name=saved]:checked:not([value=''])) .new-card { display: none; }
summary { cursor: pointer; min-height: 32px; }
`;
