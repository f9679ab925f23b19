// Bundle our style sheets and modules into ../static/dist/, with the fonts and the decoder they need.
import { build } from "esbuild";
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { existsSync } from "node:fs";

const dist = new URL("../static/dist/", import.meta.url);
const source = (name) => new URL(`src/${name}`, import.meta.url).pathname;

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

// One bundle per area: a page loads only what it needs. Every src/<name>.ts or .css listed here is an entry.
const entries = ["site.css", "site.ts", "scan.css", "scan.ts", "scan-worker.ts", "jury.ts", "grid.ts", "stage.css", "stage.ts", "apply.ts", "in-place.ts", "admin.css", "pdf.css"]
  .map(source)
  .filter(existsSync);

await build({
  entryPoints: entries,
  outdir: dist.pathname,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome120", "firefox121", "safari17.5"],
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]",
  legalComments: "linked",
  define: { eval: "undefined" }, // htmx can evaluate texts, our policy forbids it; without that its names are shortened
  logLevel: "warning",
});

await copyFile(
  new URL("node_modules/zxing-wasm/dist/reader/zxing_reader.wasm", import.meta.url),
  new URL("zxing_reader.wasm", dist),
);

console.log(`Built ${(await readdir(dist)).length} files.`);
