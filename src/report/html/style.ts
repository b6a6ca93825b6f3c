/** Colours of the two schemes: names are the same, so that nothing else knows of schemes. */
const LIGHT = `
--paper:#fbfaf7;--card:#ffffff;--ink:#1b1d22;--soft:#575b63;--rule:#e0dcd2;--faint:#f1eee7;
--voice:#1b66ab;--face:#a94e10;--both:#6437a8;--warn:#9b2c1d;--warn-paper:#fbeae5;--heat:#6437a8;
--t0:#5d6470;--t1:#1f77a8;--t2:#a87400;--t3:#4450c7;--t4:#c0262d;--t5:#7d3fa3;--t6:#2a7a34;--t7:#c2357f;`;
const DARK = `
--paper:#14161b;--card:#1b1e25;--ink:#eceae5;--soft:#a9adb7;--rule:#333843;--faint:#22262e;
--voice:#74b6f7;--face:#f5a468;--both:#c6a5ff;--warn:#ff9b88;--warn-paper:#3a211d;--heat:#a882f0;
--t0:#b3b9c4;--t1:#62bdec;--t2:#edc04f;--t3:#97a3ff;--t4:#ff8279;--t5:#d0a2f5;--t6:#7fd389;--t7:#ff94c6;`;

const TONES = ["voice", "face", "both", ..."01234567".split("").map((i) => `t${i}`)]
  .map((name) => `.${name}{--tone:var(--${name})}`).join("");

/** The style of every page: light, dark, narrow and printed. */
export const STYLE = `
:root{color-scheme:light dark;${LIGHT}}
@media screen and (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif;overflow-wrap:break-word}
header,main,footer{max-width:70rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:2.5rem}
h1,h2,.lead,.big{font-family:"Iowan Old Style","Palatino Linotype",Palatino,Charter,Georgia,"Liberation Serif",serif;font-weight:600;text-wrap:balance}
h1{font-size:1rem;letter-spacing:.01em;margin:0 0 1.1rem;font-weight:600;color:var(--soft);font-family:inherit}
h1 b{color:var(--ink)}
h2{font-size:1.6rem;line-height:1.2;margin:0 0 .4rem}
h3{font-size:1rem;margin:1.6rem 0 .5rem}
p{max-width:46rem;margin:.4rem 0 .8rem}
section{margin:0;padding:2.4rem 0 1rem;border-top:1px solid var(--rule)}
main section:first-child{margin-top:1.6rem}
a{color:inherit;text-decoration-color:var(--soft);text-underline-offset:.2em}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--voice);outline-offset:3px;border-radius:3px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem}
.lead{font-size:clamp(1.45rem,1.05rem + 1.9vw,2.35rem);line-height:1.22;max-width:54rem;margin:0 0 1rem;font-weight:500}
.lead b{font-weight:700}
.soft,small{color:var(--soft)}
small{font-size:.82rem}
.num,td,th{font-variant-numeric:tabular-nums}
.num{text-align:right;white-space:nowrap}
nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;list-style:none;margin:1.4rem 0 0;padding:0;font-size:.9rem}
.facts{display:flex;flex-wrap:wrap;gap:.25rem 1.4rem;list-style:none;margin:1rem 0 0;padding:0;font-size:.9rem;color:var(--soft)}
.facts b{color:var(--ink);font-weight:600}
.notice{border-left:4px solid var(--warn);background:var(--warn-paper);padding:.6rem 1rem;margin:0 0 1.2rem;max-width:54rem}
.notice p{margin:.2rem 0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr));gap:1rem;margin:1.2rem 0 0}
.card{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:1rem 1.1rem;min-width:0;break-inside:avoid}
.card h3{margin:0 0 .2rem;font-size:.95rem;display:flex;align-items:center;gap:.4rem}
.card p{margin:.2rem 0}
.big{font-size:2.3rem;line-height:1.1;margin:.1rem 0!important}
.card small{display:block;line-height:1.4}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;color:var(--soft);font-size:.85rem;padding:0 0 .4rem}
th{font-weight:600;text-align:left;vertical-align:bottom}
td,th{padding:.25rem .5rem}
thead th{font-size:.8rem;color:var(--soft);font-weight:500;border-bottom:1px solid var(--rule)}
tbody th{font-weight:600;vertical-align:middle}
th.num,td.num{text-align:right}
.track{display:block;width:100%;height:1.9rem;overflow:visible}
.track line{stroke-width:1}
.track .grid{stroke:var(--rule)}
.track .chance{stroke:var(--soft);stroke-dasharray:2 3}
.track .interval,.track .joint{stroke:var(--tone,var(--soft));stroke-width:3;stroke-linecap:round;opacity:.55}
.track .joint{stroke:var(--soft);stroke-width:1.5;opacity:1}
.track svg{overflow:visible}
.mark{fill:var(--tone);stroke:var(--tone);stroke-width:1.5;stroke-linejoin:round}
.hollow .mark{fill:var(--card)}
.hollow .interval{stroke-dasharray:1 5}
.scale{height:1.7rem;font-size:11px}
.scale text{fill:var(--soft)}
.middle{text-anchor:middle}.last{text-anchor:end}
.icon{vertical-align:-2px;flex:none;overflow:visible}
.plot{table-layout:fixed;background:var(--card)}
.plot td,.plot th{padding:0 .5rem}
.plot tbody tr{border-bottom:1px solid var(--faint)}
.plot tbody th{padding-block:.3rem;line-height:1.25;font-size:.9rem}
.plot th small{display:block;font-weight:400;font-size:.78rem;line-height:1.3}
.plot .line{padding:0 1rem}
.plot td.line .track{height:2.7rem}.plot td.low .track{height:1.7rem}.plot .low~td,.plot tr:has(.low) th{font-size:.85rem}
.plot .strong{font-weight:600}
.plot .name{width:17rem}.plot .value{width:7.4rem}.plot .right{width:5.6rem}.plot .learned{width:4.9rem}.plot .versus{width:7.8rem}.plot .doubts{width:5.2rem}.plot .share{width:8.4rem}.plot thead th{white-space:normal;overflow-wrap:anywhere}.plot .emotion{width:8rem}.only-narrow{display:none}
.plot td small{display:block;line-height:1.25;font-size:.76rem;white-space:nowrap}
.group{margin:1.6rem 0 .3rem;display:flex;align-items:center;gap:.4rem}
.frame{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:.4rem .6rem;margin:.4rem 0;break-inside:auto}
.letter{display:inline-block;min-width:1.35em;padding:0 .25em;text-align:center;border:1px solid var(--warn);color:var(--warn);border-radius:4px;font-size:.78rem;line-height:1.35;font-weight:600}
.leaks .letter{align-self:start;justify-self:start;margin-top:.15rem}
.leaks{list-style:none;padding:0;margin:1rem 0}
.leaks div,.bars th,.card,.card h3 bdi,.key li,.facts li,summary{overflow-wrap:anywhere;min-width:0}
.leaks li{display:grid;grid-template-columns:2rem minmax(0,1fr);gap:.2rem .4rem;padding:.5rem 0;border-bottom:1px solid var(--rule);max-width:54rem}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;margin:.7rem 0;font-size:.88rem}
.key li{display:flex;align-items:center;gap:.35rem}
.key .swatch{flex:none;width:26px;height:12px}
details{margin:.8rem 0}
summary{cursor:pointer;color:var(--soft);font-size:.9rem}
summary:hover{color:var(--ink)}
.heat{table-layout:fixed;font-size:.8rem;max-width:34rem}
.heat td,.heat thead th{text-align:center;padding:.2rem 0;white-space:nowrap;overflow-wrap:normal;border:1px solid var(--paper);line-height:1.25}
.card .heat td,.card .heat thead th{border-color:var(--card)}
.heat td{background:color-mix(in srgb,var(--heat) var(--share),var(--faint))}
.heat td.hit{outline:2px solid var(--ink);outline-offset:-2px;font-weight:700}
.heat tbody th{padding:.1rem .3rem .1rem 0;font-weight:500;width:4.6rem;text-align:left}
.heat thead th:first-child{width:4.6rem;text-align:left}
.heat .total{background:none;color:var(--soft)}
.confusions{grid-template-columns:repeat(auto-fit,minmax(min(100%,20.5rem),1fr))}
.confusions .card{padding:.9rem .7rem}.confusions .heat{font-size:.75rem}
.curve{display:block;width:100%;height:auto;overflow:visible;margin:.2rem 0 .5rem}
.curve text{font-size:10px;fill:var(--soft)}
.curve .axis{stroke:var(--rule);stroke-width:1}
.curve path{fill:none;stroke:var(--tone);stroke-linejoin:round}
.curve .fold{stroke-width:1;opacity:.35}
.curve .mean{stroke-width:2.4}
.curve .held{stroke-dasharray:5 4}
.map{display:block;width:100%;height:auto;background:var(--faint);border-radius:6px}
.map .mark{stroke-width:.4;stroke:var(--card);fill-opacity:.85}
.maps{grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr))}
.maps h3,.curve{margin-bottom:.5rem}.curves{grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr))}
.bars td.bar{width:55%}
.bars svg{display:block;width:100%;height:1rem}
.bars rect{fill:var(--both)}
.scroll{overflow-x:auto;max-width:100%;border:1px solid var(--rule);border-radius:8px;background:var(--card);margin:.5rem 0}
.scroll table{white-space:nowrap;font-size:.8rem}
.scroll td,.scroll th{padding:.25rem .4rem}.scroll caption{padding:.5rem .4rem}
.scroll tbody tr:nth-child(even){background:var(--faint)}
pre{background:var(--faint);border:1px solid var(--rule);border-radius:8px;padding:.8rem 1rem;white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;margin:.5rem 0}
code{font:.9em ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:minmax(7rem,12rem) minmax(0,1fr);gap:.15rem 1rem;font-size:.9rem;margin:.5rem 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.glossary{grid-template-columns:minmax(6rem,9rem) minmax(0,1fr);gap:.6rem 1rem;max-width:54rem}
.glossary dt{color:var(--ink);font-weight:600}
.files{list-style:none;padding:0;font-size:.88rem}
.files li{padding:.25rem 0;border-bottom:1px solid var(--faint);overflow-wrap:anywhere}
footer{padding-block:2rem 3rem;color:var(--soft);font-size:.85rem;margin-top:1.5rem}
${TONES}
@media (max-width:52rem){
header,main,footer{padding-inline:1rem}
header{padding-top:1.4rem}
h2{font-size:1.4rem}
section{padding-top:1.8rem}
.plot,.plot tbody{display:block}
.plot thead{display:block}
.plot thead tr{display:block}
.plot thead th{display:none}
.plot thead th.line{display:block;border:0;padding:0 .6rem}
.plot tbody tr{display:flex;flex-wrap:wrap;column-gap:.9rem;align-items:baseline;padding:.5rem 0 .4rem}
.plot tbody th{padding:0;width:auto;flex:1 1 45%;order:1}
.plot td{padding:0;width:auto;order:3}
.plot td.value{order:1}
.plot td.line{flex:0 0 100%;padding:0 .6rem;order:2}
.plot td.line .track{height:1.5rem}
.plot td.tall .track{height:2.4rem}
.plot td.meta{font-size:.78rem;color:var(--soft);text-align:left}
.plot td.meta::before{content:attr(data-name) " "}
.plot td.meta:empty,.plot td.none{display:none}
.plot td.doubts,.plot td.difference{margin-left:auto}
.plot tr:has(.low) td.right{order:1}
.plot td small{display:inline}
.only-narrow{display:inline}
.plot .share,.plot .name,.plot .value,.plot .right,.plot .learned,.plot .versus,.plot .doubts{width:auto}
.frame{padding:.3rem .6rem}
.bars{font-size:.8rem}.bars td.bar{width:28%}
.heat{font-size:.72rem}
.heat tbody th,.heat thead th:first-child{width:4.1rem}
.glossary,dl{grid-template-columns:minmax(0,1fr);gap:0}
dl dd{margin-bottom:.5rem}
.big{font-size:1.9rem}
}
@media print{
@page{margin:14mm}
body{font-size:10.5pt;background:#fff}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
nav,.skip{display:none}
header,main,footer{max-width:none;padding-inline:0}
section{padding-top:1.2rem}
h2,h3{break-after:avoid}
tr,li,.card{break-inside:avoid}
details::details-content{content-visibility:visible;display:block;height:auto}
.scroll{overflow:visible;border:0}
.scroll table{white-space:normal;font-size:6.5pt}
.scroll td,.scroll th{padding:.1rem .15rem}
}
`.replaceAll("\n", "");
