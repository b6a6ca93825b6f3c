/** How the pages of the site look: on a phone, in the dark, and printed too. */
export const SITE_STYLE: string = `
:root{--ink:#1d2530;--soft:#5b6673;--line:#d9dee4;--ground:#fff;--code:#f4f6f8;--link:#1a5fa8}
@media (prefers-color-scheme:dark){
:root{--ink:#e3e8ee;--soft:#9aa6b3;--line:#333c47;--ground:#14191f;--code:#1d242c;--link:#7db8f5}
}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;display:grid;grid-template-columns:17rem minmax(0,1fr);color:var(--ink);
background:var(--ground);font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
a{color:var(--link)}
.skip{position:absolute;left:-99rem}
.skip:focus{left:.5rem;top:.5rem;background:var(--ground);padding:.5rem}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1.5rem 1rem;font-size:.9rem;
border-right:1px solid var(--line)}
nav summary{display:none;cursor:pointer;padding:.6rem 0;font-weight:600}
nav h2{margin:1.2rem 0 .2rem;font-size:.75rem;text-transform:uppercase;letter-spacing:.06em;
color:var(--soft);border:0}
nav h2:first-of-type{margin-top:0}
nav ul{list-style:none;margin:0;padding:0}
nav a{display:block;padding:.2rem .5rem;border-radius:.3rem;text-decoration:none}
nav a[aria-current]{background:var(--code);font-weight:600;color:var(--ink)}
main{max-width:56rem;width:100%;margin:0 auto;padding:2rem 2rem 5rem}
h1,h2,h3,h4{line-height:1.25;margin:2rem 0 .6rem}
h1{font-size:2rem;margin-top:0}
h2{font-size:1.4rem;border-bottom:1px solid var(--line);padding-bottom:.3rem}
h3{font-size:1.1rem}
.anchor{color:inherit;text-decoration:none}
.anchor:hover::after{content:" #";color:var(--soft)}
code,pre{font:.875em/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
code{background:var(--code);padding:.1em .3em;border-radius:.25rem;overflow-wrap:anywhere}
pre{background:var(--code);padding:.8rem 1rem;border-radius:.4rem;overflow-x:auto}
pre code{background:none;padding:0;font-size:1em;overflow-wrap:normal}
.wide{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;font-size:.9rem}
th,td{border:1px solid var(--line);padding:.35rem .6rem;vertical-align:top;text-align:left}
td code,th code{overflow-wrap:normal}
img{max-width:100%;height:auto}
.output{margin:0 0 1rem;padding-left:1rem;border-left:3px solid var(--line)}
@media (max-width:60rem){
body{display:block}
nav{position:static;height:auto;border:0;border-bottom:1px solid var(--line);padding:0 1rem}
nav summary{display:block}
nav a{padding:.5rem}
main{padding:1.2rem 1rem 4rem}
h1{font-size:1.6rem}
}
@media print{nav,.skip{display:none}body{display:block}}
`;
