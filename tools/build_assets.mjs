// Bundles assets/ into static/dist/. A page's scripts before charts must stay below the budget;
// the build fails when they don't. `--watch` rebuilds on change.
import { context, build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { pruneTabler } from "./prune_css.mjs";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const OUT = join(ROOT, "static", "dist");
const SCRIPT_BUDGET = 150 * 1024;
// htmx is served from the Python package django-htmx; it counts for every page all the same.
const HTMX_GZIP = 17 * 1024;

const tablerPlugin = {
  name: "tabler-subset",
  setup(builder) {
    builder.onLoad({ filter: /@tabler[\\/]core[\\/]dist[\\/]css[\\/]tabler\.css$/ }, (args) => ({
      contents: pruneTabler(readFileSync(args.path, "utf8")),
      loader: "css",
    }));
  },
};

const options = {
  absWorkingDir: ROOT,
  entryPoints: [
    { in: "assets/app.js", out: "app" },
    { in: "assets/charts.js", out: "charts" },
    { in: "assets/desk.js", out: "desk" },
    { in: "assets/door.js", out: "door" },
    { in: "assets/near.js", out: "near" },
    { in: "assets/styles/app.css", out: "app" },
    { in: "assets/styles/public.css", out: "public" },
  ],
  entryNames: "[name]",
  chunkNames: "part-[hash]",
  outdir: OUT,
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  legalComments: "none",
  target: ["chrome85", "firefox84", "safari15"],
  plugins: [tablerPlugin],
  metafile: true,
  logLevel: "warning",
};

// Workers are fetched as one file: what they share must not become a part of its own.
const workers = {
  ...options,
  entryPoints: [
    { in: "assets/workers/door.js", out: "door-worker" },
    { in: "assets/workers/own.js", out: "own-worker" },
  ],
  splitting: false,
  format: "iife",
};

function gzipSize(name) {
  return gzipSync(readFileSync(join(OUT, name)), { level: 9 }).length;
}

/** All files a page fetches for `entry` at once: itself and what it imports statically. */
function staticClosure(outputs, entry, seen = new Set()) {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const item of outputs[entry].imports) {
    if (item.kind === "import-statement") staticClosure(outputs, item.path, seen);
  }
  return seen;
}

function report(outputs) {
  const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`.padStart(9);
  const sizes = Object.keys(outputs).map((path) => path.replace("static/dist/", ""));
  for (const name of sizes.sort()) console.log(`${kb(gzipSize(name))} gzip  ${name}`);
  // The heaviest page before charts is the hour grid.
  const entries = ["static/dist/app.js", "static/dist/desk.js"];
  const scripts = new Set(entries.flatMap((entry) => [...staticClosure(outputs, entry)]));
  const total = [...scripts].reduce((sum, path) => sum + gzipSize(path.replace("static/dist/", "")), 0);
  console.log(`${kb(total + HTMX_GZIP)} gzip  scripts of a page before charts (limit 150 KB)`);
  if (total + HTMX_GZIP > SCRIPT_BUDGET) throw new Error("a page's scripts exceed 150 KB gzip");
}

function removeOldScripts() {
  mkdirSync(OUT, { recursive: true });
  for (const name of readdirSync(OUT)) {
    if (/\.(js|css)$/.test(name)) rmSync(join(OUT, name));
  }
}

removeOldScripts();
for (const name of ["favicon.svg", "icon-192.png", "icon-512.png"]) {
  copyFileSync(join(ROOT, "assets", name), join(OUT, name));
}
if (process.argv.includes("--watch")) {
  for (const each of [options, workers]) await (await context(each)).watch();
} else {
  const [result] = await Promise.all([build(options), build(workers)]);
  report(result.metafile.outputs);
}
