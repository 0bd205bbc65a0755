"""The looks of a review's page. Text has a contrast of 4.5 and more on its ground, light and dark;
what is good, late or to be looked at has a word or a number as well. Printed, the verdict, the
tiles and the whole funnel (never higher than 165 mm) stand on the first page."""

from opslog.exchange.writing.markup import Markup

LIGHT = """
  --page: #fff; --ink: #1d2329; --muted: #59626c; --rule: #dfe3e8; --ground: #f4f6f8;
  --bar: #2f6db0; --area: #d9e6f4; --flow: #e9f0f7; --track: #eaedf1; --target: #1d2329;
  --good: #23753f; --warn: #8a5a00;
  --amber: #b87a12; --late: #b8302a; --second: #9a4f9c; --third: #23753f;
  --h0: #eef3f9; --h1: #cfdff0; --h2: #a3c3e4; --h3: #3270b1; --h4: #1f5692;
  --on-low: #1d2329; --on-high: #fff; color-scheme: light;"""
DARK = """
  --page: #14181d; --ink: #e8ebee; --muted: #a4adb7; --rule: #333a43; --ground: #1d232a;
  --bar: #5f9fdc; --area: #22374d; --flow: #1e2a36; --track: #272e36; --target: #f2f4f6;
  --good: #62b87c; --warn: #dba63d;
  --amber: #dba63d; --late: #f0837b; --second: #d18fd3; --third: #62b87c;
  --h0: #1d2833; --h1: #223f5c; --h2: #2a5a8a; --h3: #6aa9e4; --h4: #a5cdf5;
  --on-low: #e8ebee; --on-high: #10151a; color-scheme: dark;"""

STYLE = Markup(
    f"""
:root {{{LIGHT}
}}
@media screen and (prefers-color-scheme: dark) {{ :root {{{DARK}
}} }}"""
    """
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); line-height: 1.55;
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB",
    "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
    "WenQuanYi Micro Hei", sans-serif; }
main { max-width: 768px; margin: 0 auto; padding: 36px 24px 48px; }
h1 { font-size: 20px; margin: 0; }
h2 { font-size: 19px; margin: 44px 0 6px; padding-top: 14px; border-top: 2px solid var(--ink); }
h3 { font-size: 15px; margin: 24px 0 8px; }
p { margin: 4px 0; }
.muted, .note, footer, caption { color: var(--muted); }
.note, footer { font-size: 13px; }
.verdict { font-size: 29px; line-height: 1.3; font-weight: 700; margin: 26px 0 8px; }
.why { font-size: 18px; line-height: 1.45; }
.chief { display: grid; grid-template-columns: repeat(auto-fill, minmax(164px, 1fr)); gap: 12px;
  margin: 26px 0 8px; }
.tile { background: var(--ground); border-left: 4px solid var(--rule); padding: 10px 14px; }
.tile dt { font-size: 13px; color: var(--muted); }
.tile dd { margin: 0; font-size: 12.5px; line-height: 1.4; color: var(--muted); }
.tile .much { color: var(--ink); font-size: 27px; line-height: 1.25; font-weight: 700;
  font-variant-numeric: tabular-nums; }
.tile .long { font-size: 19px; line-height: 1.75; }
.tile .longer { font-size: 14px; line-height: 2.4; overflow-wrap: anywhere; }
.tile.good { border-color: var(--good); } .tile.warn { border-color: var(--amber); }
.tile.late { border-color: var(--late); }
figure { margin: 0 0 6px; overflow-x: auto; }
svg { display: block; max-width: 100%; min-width: 560px; height: auto; overflow: visible; }
svg text { font-size: 13px; fill: var(--ink); white-space: pre; }
svg .small { font-size: 11.5px; } svg .muted { fill: var(--muted); }
svg .figure { font-weight: 600; font-variant-numeric: tabular-nums; }
svg .left { fill: var(--muted); } svg .joined, svg .figure.good { fill: var(--good); }
svg .figure.warn { fill: var(--warn); } svg .figure.late { fill: var(--late); }
.bar { fill: var(--bar); } .bar.good { fill: var(--good); } .bar.warn { fill: var(--amber); }
.bar.late { fill: var(--late); } .track { fill: var(--track); } .target { fill: var(--target); }
.flow { fill: var(--flow); } .gap { fill: var(--page); }
.rule, .axis, .mark { fill: none; stroke: var(--rule); } .axis { stroke: var(--muted); }
.mark { stroke: var(--muted); stroke-dasharray: 2 3; }
.area { fill: var(--area); stroke: none; }
.line { fill: none; stroke-width: 2.2; stroke-linejoin: round; }
.series0 { stroke: var(--bar); } .series1 { stroke: var(--second); }
.series2 { stroke: var(--third); }
.line.compared, .dot.compared { stroke: var(--muted); } .line.compared { stroke-dasharray: 5 4; }
.line.series1 { stroke-dasharray: 9 3; } .dot { fill: var(--page); stroke-width: 2; }
.heatnone { fill: none; stroke: var(--rule); stroke-dasharray: 2 3; }
.heat0 { fill: var(--h0); } .heat1 { fill: var(--h1); } .heat2 { fill: var(--h2); }
.heat3 { fill: var(--h3); } .heat4 { fill: var(--h4); }
svg .on0, svg .on1, svg .on2, svg .onnone { fill: var(--on-low); }
svg .on3, svg .on4 { fill: var(--on-high); }
details { margin: 6px 0 0; font-size: 13px; overflow-x: auto; }
summary { color: var(--muted); cursor: pointer; }
table { border-collapse: collapse; margin: 8px 0 14px; }
caption { text-align: left; padding: 4px 0; }
th, td { border-bottom: 1px solid var(--rule); padding: 3px 14px 3px 0; text-align: left;
  vertical-align: top; font-weight: 400; }
thead th { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.plain caption { display: none; }
.words ul { margin: 4px 0; padding-left: 20px; }
.words li { white-space: pre-line; overflow-wrap: anywhere; }
.acts { padding-left: 22px; } .acts li { margin: 10px 0; }
.state { margin-left: 10px; font-size: 12.5px; color: var(--muted); }
.state.accepted { color: var(--good); } .acts .dismissed b { font-weight: 400; }
pre { margin: 6px 0; padding: 8px 12px; background: var(--ground); font-size: 13px;
  white-space: pre-wrap; }
footer { margin-top: 40px; padding-top: 10px; border-top: 1px solid var(--rule); }
@page { size: A4; margin: 14mm; }
@media print {
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; }
  h2, h3, caption, thead { break-after: avoid; }
  figure, .plain table, .tile, .acts li, .words li { break-inside: avoid; }
  figure:has(+ .note) { break-after: avoid; } .note { break-before: avoid; }
  h2 { margin-top: 18px; padding-top: 8px; } h3 { margin-top: 14px; }
  .verdict { font-size: 16pt; margin: 10px 0 4px; } .why { font-size: 11.5pt; }
  .chief { grid-template-columns: repeat(auto-fill, minmax(33mm, 1fr)); gap: 6px;
    margin: 10px 0 0; }
  .tile { padding: 4px 10px; } .tile .much { font-size: 15pt; }
  .tile .long { font-size: 12pt; } .tile .longer { font-size: 10pt; line-height: 2; }
  details { display: none; }
  svg { min-width: 0; width: auto; max-height: 165mm; }
  figure, details { overflow: visible; }
}
"""
)
