import { createHash } from "node:crypto";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { StaticFile } from "./_build_cache.ts";
import { bundle } from "./_bundle.ts";
import { contentTypeOf } from "./_content_type.ts";
import { findIslands, findRoutes, type FoundRoute, walk } from "./_crawl.ts";

/** Where a project's files are: absolute paths. */
export interface ProjectPaths {
  readonly islandDir: string;
  readonly routeDir: string;
  readonly staticDirs: readonly string[];
  readonly ignore: readonly RegExp[];
  /** Below it a build keeps files while it works. */
  readonly outDir: string;
}

/** All that a build makes, before it is written or kept in memory. */
export interface Assembly {
  readonly buildId: string;
  readonly bootScript: string;
  readonly reloadScript: string | null;
  /** The modules of islands/, each with its script's path. */
  readonly islands: readonly { file: string; script: string }[];
  readonly routes: readonly FoundRoute[];
  readonly files: ReadonlyMap<string, StaticFile>;
}

const BOOT = fileURLToPath(new URL("./_client/boot.ts", import.meta.url));
const RELOAD = fileURLToPath(
  new URL("./_client/live_reload.ts", import.meta.url),
);

/**
 * Finds a project's files and bundles its islands.
 *
 * @param paths where the files are
 * @param isDevelopment whether to keep scripts readable and pages reloading
 */
export async function assemble(
  { islandDir, routeDir, staticDirs, ignore, outDir }: ProjectPaths,
  isDevelopment: boolean,
): Promise<Assembly> {
  const [islandFiles, routes, statics] = await Promise.all([
    findIslands(islandDir, ignore),
    findRoutes(routeDir, ignore),
    findStatics(staticDirs),
  ]);
  const entrypoints = [
    ...(islandFiles.length > 0 ? [BOOT] : []),
    ...(isDevelopment ? [RELOAD] : []),
    ...islandFiles,
  ];
  const { files: scripts, outputs } = entrypoints.length === 0
    ? { files: new Map<string, Uint8Array<ArrayBuffer>>(), outputs: [] }
    : await bundle(entrypoints, { minify: !isDevelopment, workDir: outDir });

  const id = createHash("sha256");
  for (const [path, content] of scripts) id.update(path).update(content);
  for (const [path, file] of statics) id.update(path).update(file.hash);
  const buildId = id.digest("hex").slice(0, 16);

  const prefix = `/_fresh/js/${buildId}/`;
  const files = new Map(statics);
  for (const [path, content] of scripts) {
    files.set(encoded(prefix + path), {
      source: content,
      hash: hashOf(content),
      contentType: contentTypeOf(path),
      immutable: true,
    });
  }

  const scriptOf = (file: string) => {
    const output = outputs[entrypoints.indexOf(file)];
    return output === undefined ? "" : encoded(prefix + output);
  };
  return {
    buildId,
    bootScript: scriptOf(BOOT),
    reloadScript: isDevelopment ? scriptOf(RELOAD) : null,
    islands: islandFiles.map((file) => ({ file, script: scriptOf(file) })),
    routes,
    files,
  };
}

async function findStatics(
  directories: readonly string[],
): Promise<Map<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  for (const directory of directories) {
    // A hidden file is not meant to be seen, but for those that a URL names.
    const found = await walk(
      directory,
      (name) => name.startsWith(".") && name !== ".well-known",
    );
    for (const source of found) {
      const path = `/${relative(directory, source).replaceAll("\\", "/")}`;
      if (files.has(encoded(path))) continue;
      files.set(encoded(path), {
        source,
        hash: hashOf(await Deno.readFile(source)),
        contentType: contentTypeOf(path),
        immutable: false,
      });
    }
  }
  return files;
}

function hashOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 32);
}

function encoded(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
