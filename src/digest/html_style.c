/* The style sheet of the page. Its hash stands in the page's policy: a test compares the two, and says what the hash
 * must be. No line may start with `::`, and `##[` may not stand in it: nothing can break them up here. */
#include "digest/html_page.h"

static const char HASH[] = "sha256-SOnd0C0PHp33oPD+uZ/JA37rpDBRmNKXmEtZ0/BX4us=";

static const char *const STYLE[] = {
    ":root{color-scheme:light "
    "dark;--page:#fff;--ink:#1b2026;--soft:#56606b;--line:#d9dee4;--card:#f5f7f9;--link:#0757b0;",
    "--new:#a91b10;--new-back:#fdecea;--back:#6931c4;--back-back:#f2edfd;--known:#4e5864;--known-back:#eceff2;",
    "--fixed:#14602f;--fixed-back:#e4f4e9;--flicker:#7a4d00;--flicker-back:#fdf1d8;--failed:#c4291c;--passed:#71859a}",
    "@media "
    "(prefers-color-scheme:dark){:root{--page:#11151a;--ink:#e4e8ec;--soft:#9ba6b2;--line:#2c343d;--card:#191f26;",
    "--link:#7db7ff;--new:#ff9c91;--new-back:#3b1a18;--back:#c8aeff;--back-back:#2b2142;--known:#b1bbc6;",
    "--known-back:#252c34;--fixed:#7fdb9d;--fixed-back:#143020;--flicker:#f1c264;--flicker-back:#362809;",
    "--failed:#f0685c;--passed:#56687a}}",
    "*{box-sizing:border-box}",
    "body{margin:0 auto;max-width:72rem;padding:2.5rem 1.25rem 4rem;background:var(--page);color:var(--ink);",
    "font:1rem/1.55 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica "
    "Neue',Arial,sans-serif;overflow-wrap:anywhere}",
    "a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:.06em}",
    "a:hover{text-decoration-thickness:.12em}",
    ":focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}",
    "code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;font-size:.875em}",
    "code{unicode-bidi:isolate}",
    "dd code,.body>p code{background:var(--card);border-radius:4px;padding:.1em .3em}",
    "dd a code,pre code,dd pre code{padding:0;background:none}",
    "pre{margin:0;padding:.8rem 1rem;overflow-x:auto;background:var(--card);border:1px solid var(--line);",
    "border-radius:6px;line-height:1.5;overflow-wrap:normal}",
    "p{margin:.5rem 0}",
    "header{margin-bottom:1.5rem}",
    "h1{margin:.2rem 0;font-size:clamp(1.9rem,5vw,2.9rem);line-height:1.1;letter-spacing:-.02em}",
    "h2{margin:3rem 0 .8rem;font-size:1.35rem;letter-spacing:-.01em}",
    "h3{margin:0;font-size:1.05rem;line-height:1.4;font-weight:600}",
    ".eyebrow,.meta{color:var(--soft);font-size:.925rem}",
    ".news{font-size:1.2rem;line-height:1.45}",
    ".partial{padding:.7rem 1rem;border:1px solid var(--flicker);border-left-width:5px;border-radius:6px;",
    "background:var(--flicker-back)}",
    "nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:0;padding:.7rem 0;list-style:none;",
    "border-block:1px solid var(--line);font-size:.925rem}",
    "table{width:100%;border-collapse:collapse;font-size:.95rem}",
    "caption{padding-bottom:.5rem;text-align:left;color:var(--soft);font-size:.9rem}",
    "th,td{padding:.55rem .7rem;border-top:1px solid var(--line);text-align:left;vertical-align:top;font-weight:400}",
    "thead th{border-top:0;color:var(--soft);font-size:.85rem;white-space:nowrap}",
    "th:first-child,td:first-child{padding-left:0}",
    ".number{text-align:right;font-variant-numeric:tabular-nums}",
    ".scroll{overflow-x:auto}",
    ".scroll table{min-width:36rem}",
    ".state{display:inline-block;padding:.05em .6em;border-radius:1em;font-size:.85rem;font-weight:600;",
    "white-space:nowrap;color:var(--known);background:var(--known-back)}",
    ".state.new{color:var(--new);background:var(--new-back)}",
    ".state.back{color:var(--back);background:var(--back-back)}",
    ".state.fixed{color:var(--fixed);background:var(--fixed-back)}",
    ".state.flicker{color:var(--flicker);background:var(--flicker-back)}",
    ".overview th[scope=row] a{font-weight:600}",
    ".overview .under th[scope=row]{padding-left:2rem}",
    ".where{display:block;margin-top:.15rem;color:var(--soft);font-size:.875rem}",
    ".overview .wide:nth-child(4){width:9rem}",
    ".overview .wide:last-child{width:5rem;white-space:nowrap}",
    "svg{display:block;overflow:visible}",
    "svg text{font:11px system-ui,sans-serif;text-anchor:middle;fill:var(--soft)}",
    ".rest{fill:var(--line)}",
    ".failed{fill:var(--failed)}",
    ".passed{fill:none;stroke:var(--passed);stroke-width:1.5}",
    ".tracks{margin:0;padding:0;list-style:none;font-size:.9rem}",
    ".tracks li{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:.1rem 1.5rem;align-items:center;",
    "padding:.35rem 0;border-top:1px solid var(--line)}",
    ".tracks .only{grid-template-columns:1fr;max-width:44rem}",
    ".tracks a{display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden;color:inherit;",
    "text-decoration-color:var(--line)}",
    ".track{color:var(--known)}",
    ".new .track{color:var(--new)}",
    ".back .track{color:var(--back)}",
    ".fixed .track{color:var(--fixed)}",
    ".track circle{fill:currentColor}",
    ".track line{stroke:currentColor;stroke-width:2}",
    ".track .span{opacity:.45}",
    ".key::before{content:'';display:inline-block;width:.7em;height:.7em;margin-right:.35em;border:1.5px solid}",
    ".key.failed::before{background:var(--failed);border-color:var(--failed)}",
    ".key.passed::before{border-color:var(--passed)}",
    ".group{margin:0 0 .9rem;border:1px solid var(--line);border-left:5px solid var(--known);border-radius:8px}",
    ".group.new{border-left-color:var(--new)}",
    ".group.back{border-left-color:var(--back)}",
    ".group.fixed{border-left-color:var(--fixed)}",
    "summary{cursor:pointer}",
    ".group>summary{display:flex;align-items:baseline;gap:.3rem .7rem;padding:.75rem 1.1rem;list-style:none}",
    ".group>summary::-webkit-details-marker{display:none}",
    ".group>summary::before{content:'▸';color:var(--soft)}",
    ".group[open]>summary::before{content:'▾'}",
    ".group>summary:hover h3{text-decoration:underline;text-underline-offset:.15em}",
    ".group>summary h3{flex:1;min-width:0}",
    ".group .state.known,.group .state.new,.group .state.back,.group .state.fixed{min-width:5.6em;text-align:center}",
    ".size{color:var(--soft);font-size:.9rem;white-space:nowrap}",
    ".body{padding:0 1.1rem 1rem;scroll-margin-top:7rem}",
    "figure{margin:.8rem 0}",
    "figcaption{margin-bottom:.3rem;color:var(--soft);font-size:.875rem}",
    "dl{margin:1rem 0 .6rem}",
    "dl div{display:grid;grid-template-columns:8rem 1fr;gap:.2rem 1rem;padding:.4rem 0;border-top:1px solid "
    "var(--line)}",
    "dt{color:var(--soft)}",
    "dd{margin:0;min-width:0}",
    "dd :first-child{margin-top:0}",
    "dd :last-child{margin-bottom:0}",
    ".runs summary{color:var(--link)}",
    "footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font-size:.9rem}",
    "@media (max-width:40rem){body{padding-top:1.5rem}.wide{display:none}dl "
    "div{grid-template-columns:1fr}.group>summary{flex-wrap:wrap;padding:.75rem .8rem}.group>summary "
    "h3{order:1;flex-basis:100%}.body{padding-inline:.8rem}",
    ".tracks li{grid-template-columns:1fr}th,td{padding-inline:.4rem}.state{padding-inline:.45em;font-size:.8rem}",
    ".overview .under th[scope=row]{padding-left:.4rem}}",
    "@media print{body{max-width:none;padding:0}nav{display:none}.group{break-inside:avoid}",
    "details::details-content{content-visibility:visible;block-size:auto}pre{white-space:pre-wrap}}",
};

void ff_html_add_style(ff_buf *out)
{
    for (size_t i = 0; i < sizeof STYLE / sizeof *STYLE; i++) {
        ff_buf_add(out, ff_slice_of(STYLE[i]));
        ff_buf_add_byte(out, '\n');
    }
}

const char *ff_html_style_hash(void)
{
    return HASH;
}
