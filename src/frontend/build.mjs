// Bundles the player into src/sslrefs/static. With --check it writes nothing and exits 1 naming what is stale.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const LIMIT = 45 * 1024; // the bundle is stored in every notebook once per player
const TARGET = "es2022";

async function script() {
  const result = await build({
    entryPoints: [here("player.ts")],
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

async function style() {
  const sheets = ["../sslrefs/picture/theme.css", "player.css"].map((path) => readFile(here(path), "utf8"));
  const result = await transform((await Promise.all(sheets)).join("\n"), {
    loader: "css",
    minify: true,
    charset: "utf8",
    legalComments: "none",
  });
  return result.code;
}

const built = { "player.js": await script(), "player.css": await style() };
const stale = [];
for (const [name, text] of Object.entries(built)) {
  const path = here(`../sslrefs/static/${name}`);
  const committed = await readFile(path, "utf8").catch(() => "");
  if (committed !== text) stale.push([name, path, text]);
}

const size = Object.values(built).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
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
