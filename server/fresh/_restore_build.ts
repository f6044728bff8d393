import { isAbsolute, join } from "node:path";
import type { BuildCache, Island, StaticFile } from "./_build_cache.ts";
import type { RouteFile } from "./_file_route.ts";

/** What a build wrote, with its modules loaded. */
export interface Snapshot {
  readonly buildId: string;
  readonly bootScript: string;
  readonly reloadScript: string | null;
  readonly islands: readonly {
    readonly module: Record<string, unknown>;
    readonly script: string;
  }[];
  readonly routes: readonly RouteFile[];
  readonly files: ReadonlyMap<string, StaticFile>;
}

/**
 * What an app is served from.
 *
 * @param root the project's directory, to which paths of files are relative
 * @param snapshot what the build made
 */
export function restoreBuild(
  root: string,
  snapshot: Snapshot,
): BuildCache {
  const islands = new Map<unknown, Island>();
  for (const { module, script } of snapshot.islands) {
    for (const [exportName, component] of Object.entries(module)) {
      if (!isComponent(component)) continue;
      islands.set(component, { component, exportName, script });
    }
  }

  const files = new Map<string, StaticFile>();
  for (const [path, file] of snapshot.files) {
    const isRelative = typeof file.source === "string" &&
      !isAbsolute(file.source);
    files.set(
      path,
      isRelative ? { ...file, source: join(root, `${file.source}`) } : file,
    );
  }
  return { ...snapshot, root, islands, files };
}

function isComponent(value: unknown): value is Island["component"] {
  return typeof value === "function";
}
