import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { Assembly } from "./_assemble.ts";
import type { BuildCache } from "./_build_cache.ts";
import type { RouteFile } from "./_file_route.ts";
import { restoreBuild } from "./_restore_build.ts";

/**
 * Loads a build's modules and keeps it in memory.
 *
 * @param assembly what the build made
 * @param root the project's directory
 */
export async function loadBuild(
  assembly: Assembly,
  root: string,
): Promise<BuildCache> {
  const islands = await Promise.all(
    assembly.islands.map(async ({ file, script }) => ({
      module: await load(file),
      script,
    })),
  );
  const routes = await Promise.all(
    assembly.routes.map(async ({ file, isLazy, ...route }) => {
      const module = isLazy ? () => load(file) : await load(file);
      const path = relative(root, file);
      const routeFile: RouteFile = { ...route, path, module };
      return routeFile;
    }),
  );
  return restoreBuild(root, { ...assembly, islands, routes });
}

async function load(file: string): Promise<Record<string, unknown>> {
  return await import(pathToFileURL(file).href);
}
