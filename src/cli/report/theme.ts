/** The colours and letters of the report: variables, so that every picture is right on a light page and on a dark one. */

/** What pictures refer to, as `var(--blue)`. The hues are Okabe and Ito's, told apart by the colour-blind. */
export const theme = `
:root { color-scheme: light dark;
  --page: #fdfdfc; --card: #ffffff; --ink: #1d2733; --soft: #5c6a79; --line: #dfe4ea;
  --blue: #0072b2; --orange: #d55e00; --green: #00845f; --purple: #a8558b; --tint: #eaf3f9; }
@media (prefers-color-scheme: dark) { :root {
  --page: #12171d; --card: #1a2129; --ink: #e8edf2; --soft: #9aa8b6; --line: #313c48;
  --blue: #56b4e9; --orange: #f09546; --green: #35c49a; --purple: #d68bbd; --tint: #1c2f3d; } }
`.trim();

export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";

/** The style of the page around the pictures. */
export const style = `${theme}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 ${FONT}; }
main { max-width: 1100px; margin: 0 auto; padding: 48px 24px 80px; }
h1 { font-size: 32px; line-height: 1.2; letter-spacing: -0.01em; margin: 0 0 8px; text-wrap: balance; }
h2 { font-size: 22px; margin: 0 0 6px; }
p { margin: 0 0 12px; max-width: 78ch; }
.lead, figcaption, footer { color: var(--soft); }
.lead { font-size: 18px; margin-bottom: 28px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 26px 28px; margin: 22px 0; }
.facts { display: flex; flex-wrap: wrap; gap: 12px; margin: 14px 0 18px; padding: 0; list-style: none; }
.facts li { background: var(--tint); border-radius: 10px; padding: 8px 14px; min-width: 120px; }
.facts b { display: block; font-size: 20px; font-variant-numeric: tabular-nums; }
.facts span { color: var(--soft); font-size: 13px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 28px 30px; align-items: start; }
figure { margin: 0; min-width: 0; max-width: 100%; }
figure svg { max-width: 100%; height: auto; display: block; }
figcaption { font-size: 14px; line-height: 1.45; margin-top: 8px; max-width: 54ch; }
.scroll { overflow-x: auto; }
.figures + .scroll { margin-top: 22px; }
table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 7px 18px 7px 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { color: var(--soft); font-weight: 600; }
code { font: 13px/1.4 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; background: var(--tint); padding: 1px 5px; border-radius: 5px; }
footer { font-size: 14px; margin-top: 26px; }
`;
