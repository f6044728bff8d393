import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { ROOT } from "../processes/root.ts";

/**
 * What each layer may import, beside itself: other layers, and the names of
 * packages. A file belongs to the longest layer that it stands in.
 */
const LAYERS: { readonly [layer: string]: readonly string[] } = {
  "engine": [],
  // The one part of the engine with dependencies: the SDK takes none of it.
  "engine/statistics": ["engine", "@stdlib"],
  "engine/analysis": ["engine", "engine/statistics"],
  "storage/http": ["engine"],
  "storage": ["engine", "engine/statistics", "node:"],
  "storage/spool": ["engine", "storage/http", "node:"],
  "sdk": ["engine", "storage/http"],
  "mod.ts": ["engine", "storage/http", "sdk"],
  "server/fresh": [
    "hono",
    "preact",
    "preact-render-to-string",
    "@preact/signals",
    "node:",
  ],
  // The entry: nothing imports it.
  "server/serve.ts": ["storage", "server", "main.ts", "_fresh/server.js"],
  "server": [
    "engine",
    "engine/analysis",
    "storage",
    "fresh",
    "@opentelemetry/api",
    "node:",
  ],
  "components": [
    "engine",
    "fresh/runtime",
    "preact",
    "@preact/signals",
    // Stands in samples for readers.
    "@modelab/sdk",
  ],
  "islands": [
    "engine",
    "components",
    "fresh/runtime",
    "preact",
    "@preact/signals",
  ],
  "routes": [
    "engine",
    "storage",
    "server",
    "components",
    "islands",
    "fresh",
    "preact",
    "@preact/signals",
  ],
  "main.ts": ["server"],
  "dev.ts": ["fresh", "main.ts", "server"],
  "demo": ["@modelab/sdk", "server", "node:"],
};

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*"([^"\n]+)"/g;

/** An import or export of types alone leaves nothing in the program. */
const ANALYSIS_TYPES =
  /\b(?:import|export) type\s[^;"]*\bfrom\s*"[^"\n]*\/(?:analysis|statistics)\/[^"\n]+";/g;

function layerOf(path: string): string | undefined {
  return Object.keys(LAYERS)
    .filter((layer) => path === layer || path.startsWith(`${layer}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** The product's sources: no tests, and nothing that only tests use. */
function sources(directory = ""): string[] {
  const found: string[] = [];
  for (const { name, isDirectory } of Deno.readDirSync(join(ROOT, directory))) {
    const path = directory === "" ? name : `${directory}/${name}`;
    if (isDirectory) {
      const known = Object.keys(LAYERS).some((layer) =>
        `${path}/`.startsWith(`${layer}/`) || layer.startsWith(`${path}/`)
      );
      if (known && !/\/test(ing|data)$/.test(path)) {
        found.push(...sources(path));
      }
    } else if (/\.tsx?$/.test(path) && !/_test\.tsx?$/.test(path)) {
      if (layerOf(path) !== undefined) found.push(path);
    }
  }
  return found;
}

/** What a source imports: `engine/md5.ts`, `fresh`, `node:path`. */
function importsOf(path: string): string[] {
  const text = Deno.readTextFileSync(join(ROOT, path))
    // Examples in comments import what their readers would.
    .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")
    .replaceAll(ANALYSIS_TYPES, "");
  return [...text.matchAll(IMPORT)].map(([, specifier = ""]) =>
    specifier.startsWith(".")
      ? relative(ROOT, join(ROOT, dirname(path), specifier))
      : specifier
  );
}

function isAllowed(path: string, target: string): boolean {
  const layer = layerOf(path) ?? "";
  const other = layerOf(target);
  if (other !== undefined) {
    return other === layer || (LAYERS[layer] ?? []).includes(other);
  }
  return (LAYERS[layer] ?? []).some((name) =>
    target === name || target.startsWith(`${name}/`) ||
    (name === "node:" && target.startsWith(name))
  );
}

Deno.test("imports point one way", () => {
  const paths = sources();
  for (const layer of Object.keys(LAYERS)) {
    assert.ok(paths.some((path) => layerOf(path) === layer), layer);
  }
  const wrong = paths.flatMap((path) =>
    importsOf(path)
      .filter((target) => !isAllowed(path, target))
      .map((target) => `${path} imports ${target}`)
  );
  assert.deepEqual(wrong, []);
});

Deno.test("the layers' rule refuses an arrow that points back", () => {
  for (
    const [path, target] of [
      ["engine/md5.ts", "storage/flag_reader.ts"],
      ["engine/md5.ts", "node:crypto"],
      ["engine/evaluation.ts", "engine/statistics/welch.ts"],
      ["engine/md5.ts", "@stdlib/math-base-special-erfc"],
      ["sdk/modelab.ts", "engine/statistics/welch.ts"],
      ["sdk/modelab.ts", "storage/kv/ledger.ts"],
      ["components/x.tsx", "server/app.ts"],
      ["server/app.ts", "server/fresh/app.ts"],
      ["storage/kv/ledger.ts", "npm:redis"],
    ] as const
  ) assert.equal(isAllowed(path, target), false, `${path} ${target}`);
});
