// Bundle the tests and run them with Node's own runner. What follows `npm test --` goes to it, such as
// `--test-name-pattern=lens`; the name of a source, such as `scan-camera`, runs its tests alone.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const options = process.argv.slice(2).filter((word) => word.startsWith("-"));
const names = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const tests = (await readdir(here)).filter((file) => file.endsWith(".test.ts"));
const wanted = names.length ? names.map((name) => `${name}.test.ts`) : tests;

const built = await mkdtemp(join(tmpdir(), "kermesse-tests-"));
try {
  await build({
    entryPoints: wanted.map((file) => here + file),
    outdir: built,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    banner: { js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);' },
    sourcemap: true,
    logLevel: "warning",
  });
  const files = wanted.map((file) => join(built, file.replace(/ts$/, "mjs")));
  const node = ["--enable-source-maps", "--test", "--test-concurrency=2", `--test-reporter=${here}reporter.mjs`, ...options, ...files];
  process.exitCode = spawnSync(process.execPath, node, { cwd: join(here, ".."), stdio: "inherit" }).status ?? 1;
} finally {
  await rm(built, { recursive: true });
}
