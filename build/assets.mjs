// Bundles what browsers get: the dashboard's script and style, its icons, and the snippet.
// Each file of the dashboard carries a hash of its content in its name, so it may be kept for
// ever; manifest.json says which name is the current one. Everything is also packed by Brotli
// once, here, and not with every answer.
//   node build/assets.mjs [OUT]        OUT is artifacts/assets unless told
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = process.argv[2] ?? join(root, "artifacts/assets");
const source = join(root, "src/Sojourn.Server/Assets");
const everywhere = ["chrome120", "firefox121", "safari17"];

const bundle = async (entry, options = {}) => {
  const result = await build({
    entryPoints: [join(root, entry)], bundle: true, minify: true, write: false,
    legalComments: "none", logLevel: "warning", target: everywhere, ...options,
  });
  return Buffer.from(result.outputFiles[0].contents);
};

const packed = content => brotliCompressSync(content, {
  params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
});

const files = new Map([
  ["app.js", await bundle("src/Sojourn.Server/Assets/app.ts", { format: "iife" })],
  ["charts.js", await bundle("src/Sojourn.Server/Assets/charts/index.ts", {
    format: "iife", define: { "process.env.NODE_ENV": '"production"' },
  })],
  ["app.css", await bundle("src/Sojourn.Server/Assets/styles/app.css")],
  ["icons.svg", readFileSync(join(source, "icons.svg"))],
  ["icon.svg", readFileSync(join(source, "icon.svg"))],
]);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const manifest = {};
for (const [name, content] of files) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const at = name.lastIndexOf(".");
  const stored = `${name.slice(0, at)}.${hash}${name.slice(at)}`;
  manifest[name] = stored;
  writeFileSync(join(out, stored), content);
  writeFileSync(join(out, `${stored}.br`), packed(content));
}

// The snippet keeps one address for ever, because other people's pages name it.
const snippet = await bundle("src/tracker/index.ts", { format: "iife", tsconfigRaw: {} });
writeFileSync(join(out, "s.js"), snippet);
writeFileSync(join(out, "s.js.br"), packed(snippet));
writeFileSync(join(out, "s.js.gz"), gzipSync(snippet, { level: constants.Z_BEST_COMPRESSION }));

writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest));
if (process.stdout.isTTY) {
  for (const name of readdirSync(out)) console.log(name);
}
