// Builds what the browser gets into app/static/dist/: two scripts (app, and editor, which loads at first
// focus), one style sheet, the fonts that it names, each under a name that holds its content's hash.
// manifest.json says which name is current: {"app.js": "app.4F2A91CC.js", ...}.
// `node build.mjs` builds once, with .gz and .br beside each text file; `--watch` builds on every change.
import { promises as fs } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.resolve(here, "../app/static/dist");
const watching = process.argv.includes("--watch");

const TEXT = /\.(js|css|svg|txt)$/;
const HASH = /\.[A-Z0-9]{8}(?=\.)/;
// Written by bin/lib.sh after a build, to skip the next one when nothing changed.
const KEPT = new Set(["manifest.json", ".stamp"]);

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

// Sass as esbuild's loader, so that one tool follows every file, resolves url(...) and names the fonts.
const scss = {
  name: "scss",
  setup(build) {
    build.onLoad({ filter: /\.scss$/ }, async ({ path: file }) => {
      try {
        const made = await sass.compileAsync(file, {
          loadPaths: [path.join(here, "node_modules")],
          quietDeps: true,
          silenceDeprecations: ["import"],
        });
        const watchFiles = made.loadedUrls.filter((url) => url.protocol === "file:").map(fileURLToPath);
        return { contents: made.css, loader: "css", resolveDir: path.dirname(file), watchFiles };
      } catch (error) {
        return { errors: [{ text: error.message }], watchFiles: [file] };
      }
    });
  },
};

// After each good build: the manifest, the compressed twins, and an end to the files of earlier builds.
const finish = {
  name: "finish",
  setup(build) {
    build.onEnd(async (result) => {
      if (result.errors.length) return;
      const names = Object.keys(result.metafile.outputs).map((out) => path.relative(dist, path.resolve(here, out)));
      if (!watching) await Promise.all(names.filter((name) => TEXT.test(name)).map(compress));
      await writeManifest(names);
      await removeAllBut(names);
      if (!watching) await report(names);
      else console.log(`front end: built ${names.length} files`);
    });
  },
};

async function compress(name) {
  const file = path.join(dist, name);
  const text = await fs.readFile(file);
  const params = {
    [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
    [zlib.constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  };
  await Promise.all([
    gzip(text, { level: 9 }).then((bytes) => fs.writeFile(`${file}.gz`, bytes)),
    brotli(text, { params }).then((bytes) => fs.writeFile(`${file}.br`, bytes)),
  ]);
}

async function writeManifest(names) {
  const served = names.filter((name) => !/\.(map|txt)$/.test(name) && !name.startsWith("chunk."));
  const entries = served.map((name) => [name.replace(HASH, ""), name]).sort();
  const target = path.join(dist, "manifest.json");
  // Renamed into place, so that a server that reads it meanwhile sees the old one or the new one.
  await fs.writeFile(`${target}.new`, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
  await fs.rename(`${target}.new`, target);
}

async function removeAllBut(names) {
  const wanted = new Set(names.flatMap((name) => [name, `${name}.gz`, `${name}.br`]));
  const present = await fs.readdir(dist);
  const stale = present.filter((name) => !wanted.has(name) && !KEPT.has(name));
  await Promise.all(stale.map((name) => fs.rm(path.join(dist, name), { recursive: true, force: true })));
}

async function report(names) {
  for (const name of names.filter((each) => TEXT.test(each) && !each.endsWith(".txt")).sort()) {
    const [plain, packed] = await Promise.all(["", ".br"].map((end) => fs.stat(path.join(dist, name + end))));
    const kb = (size) => `${(size / 1024).toFixed(1)} KB`;
    console.log(`  ${name.padEnd(34)} ${kb(plain.size).padStart(9)}, compressed ${kb(packed.size).padStart(8)}`);
  }
}

const options = {
  absWorkingDir: here,
  entryPoints: [
    { in: "src/main.ts", out: "app" },
    { in: "src/editor.ts", out: "editor" },
    { in: "styles/app.scss", out: "app" },
  ],
  outdir: dist,
  entryNames: "[name].[hash]",
  chunkNames: "chunk.[hash]",
  assetNames: "[name].[hash]",
  loader: { ".woff2": "file", ".svg": "file" },
  bundle: true,
  format: "esm",
  splitting: true,
  minify: true,
  target: "es2020",
  sourcemap: watching ? "linked" : false,
  legalComments: "linked",
  metafile: true,
  logLevel: "warning",
  plugins: [scss, finish],
};

await fs.mkdir(dist, { recursive: true });
if (watching) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  await esbuild.build(options).catch(() => process.exit(1));
}
