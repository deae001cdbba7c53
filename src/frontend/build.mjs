// Bundles the player into src/sslrefs/static. With --check it writes nothing and exits 1 naming what is stale.
// player.js is stored in every notebook once per player, so it holds script and style sheet deflated; page.js and
// player.css, for pages of their own, hold them as they are, because a strict page names them by their hash.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { build, transform } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const LIMIT = 45 * 1024; // the player with its style sheet
const TARGET = "es2022";

async function script(entry) {
  const result = await build({
    entryPoints: [here(entry)],
    absWorkingDir: here("."),
    bundle: true,
    format: "esm",
    minify: true,
    target: TARGET,
    charset: "utf8",
    legalComments: "none",
    write: false,
  });
  return result.outputFiles[0].text;
}

async function style(...paths) {
  const sheets = paths.map((path) => readFile(here(path), "utf8"));
  const result = await transform((await Promise.all(sheets)).join("\n"), {
    loader: "css",
    minify: true,
    charset: "utf8",
    legalComments: "none",
  });
  return result.code;
}

/** The sheet for players that carry a mark alone: two versions of the package in one page keep their own looks. */
function marked(sheet, mark) {
  return sheet
    .replace(/\.sslrefs(-picture)?(?![\w-])/g, `$&:where([data-look="${mark}"] *)`)
    .replaceAll("sslrefs-touched", `sslrefs-touched-${mark}`);
}

/** A module that unpacks the player and its style sheet, puts the sheet in the page once, and hands `render` on. */
function packed(text, plain) {
  const mark = createHash("sha256").update(plain).digest("hex").slice(0, 8);
  const sheet = marked(plain, mark);
  const base64 = deflateRawSync(sheet + "\0" + text, { level: 9 }).toString("base64");
  return `// The player of sslrefs and its style sheet, deflated; the sources are in src/frontend.
const [sheet,text]=(await new Response(new Blob([Uint8Array.from(atob("${base64}"),c=>c.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text()).split("\\0");
const url=URL.createObjectURL(new Blob([text],{type:"text/javascript"}));
const player=(await import(url)).default;
URL.revokeObjectURL(url);
// Some hosts, such as marimo, put each widget into a shadow root, where no sheet of the page is heard.
const render=(given)=>{
given.el.dataset.look="${mark}";
const root=given.el.getRootNode(),home=root instanceof ShadowRoot?root:document.head;
if(![...home.querySelectorAll("style")].some(e=>e.textContent===sheet))home.append(Object.assign(document.createElement("style"),{textContent:sheet}));
return player.render(given);
};
export default{render};
`;
}

/** What a packed module says: two builds of zlib may deflate the same text differently. */
function unpacked(module) {
  const base64 = /atob\("([^"]*)"\)/.exec(module)?.[1];
  if (!base64) return module;
  return module.replace(base64, "") + inflateRawSync(Buffer.from(base64, "base64")).toString();
}

const sheet = await style("../sslrefs/picture/theme.css", "player.css");
const built = {
  "player.js": packed(await script("player.ts"), sheet),
  "player.css": sheet,
  "page.js": await script("page.ts"),
  "choice.js": await script("choice.ts"),
  "editor.js": await script("editor.ts"),
  "line.js": await script("line.ts"),
  "quiet.js": await script("quiet.ts"),
  "gallery.js": await script("gallery.ts"),
  "gallery.css": await style("gallery.css"),
};
const stale = [];
for (const [name, text] of Object.entries(built)) {
  const path = here(`../sslrefs/static/${name}`);
  const committed = await readFile(path, "utf8").catch(() => "");
  if (unpacked(committed) !== unpacked(text)) stale.push([name, path, text]);
}

const size = Buffer.byteLength(built["player.js"]);
if (size > LIMIT) {
  console.error(`the bundle has ${size} bytes, more than ${LIMIT}`);
  process.exit(1);
}
if (process.argv.includes("--check")) {
  for (const [name] of stale) console.error(`stale: src/sslrefs/static/${name} (run: npm run build in src/frontend)`);
  process.exit(stale.length ? 1 : 0);
}
for (const [, path, text] of stale) await writeFile(path, text);
for (const [name, text] of Object.entries(built)) console.log(`${name}: ${Buffer.byteLength(text)} bytes`);
