import { join, relative } from "node:path";
import type { RouteFile, RouteFileKind } from "./_file_route.ts";
import { patternFromFile } from "./_pattern.ts";

/** A file of routes/ that is not loaded yet. */
export interface FoundRoute
  extends Pick<RouteFile, "kind" | "folderPattern" | "pattern"> {
  /** The file's absolute path. */
  readonly file: string;
  /** Whether its module can be loaded when it is first needed. */
  readonly isLazy: boolean;
}

const SOURCE = /\.(?:tsx?|jsx?)$/;

/**
 * Every file below a directory, in the order of their names.
 *
 * @param directory an absolute path; nothing is found where there is none
 * @param skip which names to leave out
 */
export async function walk(
  directory: string,
  skip: (name: string) => boolean = () => false,
): Promise<string[]> {
  const files: string[] = [];
  const entries: Deno.DirEntry[] = [];
  try {
    for await (const entry of Deno.readDir(directory)) entries.push(entry);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return files;
    throw error;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (skip(entry.name)) continue;
    const path = join(directory, entry.name);
    if (entry.isDirectory) files.push(...await walk(path, skip));
    else if (entry.isFile) files.push(path);
  }
  return files;
}

/**
 * The islands of a project.
 *
 * @param directory the absolute path of islands/
 * @param ignore which files to leave out
 */
export async function findIslands(
  directory: string,
  ignore: readonly RegExp[],
): Promise<string[]> {
  return (await walk(directory)).filter((file) =>
    SOURCE.test(file) && !ignore.some((pattern) => pattern.test(file))
  );
}

/**
 * The routes of a project: first what they inherit, then the routes from the
 * most to the least specific, since the first that matches answers.
 *
 * @param directory the absolute path of routes/
 * @param ignore which files to leave out
 */
export async function findRoutes(
  directory: string,
  ignore: readonly RegExp[],
): Promise<FoundRoute[]> {
  const routes: FoundRoute[] = [];
  for (const file of await walk(directory)) {
    if (!SOURCE.test(file) || ignore.some((pattern) => pattern.test(file))) {
      continue;
    }
    const path = relative(directory, file).replaceAll("\\", "/");
    // A folder such as (_components) holds what is no route.
    if (path.split("/").some((part) => /^\(_.*\)$/.test(part))) continue;

    const name = path.replace(SOURCE, "");
    const kind = kindOf(name);
    if (kind !== "route") {
      const pattern = patternFromFile(name.replace(/(?:^|\/)[^/]*$/, ""), true);
      routes.push({
        file,
        kind,
        folderPattern: pattern,
        pattern,
        isLazy: false,
      });
      continue;
    }
    const folderPattern = patternFromFile(name, true);
    const isIndex = /(?:^|\/)index$/.test(name) && folderPattern !== "/";
    routes.push({
      file,
      kind,
      folderPattern: isIndex ? `${folderPattern}/` : folderPattern,
      pattern: patternFromFile(name),
      // Where a route is, is known only to a module that says so itself.
      isLazy: !(await Deno.readTextFile(file)).includes("routeOverride"),
    });
  }
  return routes.sort(compareRoutes);
}

function kindOf(name: string): RouteFileKind {
  switch (name.split("/").at(-1)) {
    case "_app":
      return "app";
    case "_layout":
      return "layout";
    case "_middleware":
      return "middleware";
    case "_error":
    case "_500":
      return "error";
    case "_404":
      return "notFound";
    default:
      return "route";
  }
}

function compareRoutes(a: FoundRoute, b: FoundRoute): number {
  if ((a.kind === "route") !== (b.kind === "route")) {
    return a.kind === "route" ? 1 : -1;
  }
  const left = a.pattern.split("/");
  const right = b.pattern.split("/");
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = rank(left[i]) - rank(right[i]);
    if (order !== 0) return order;
  }
  return 0;
}

/** What matches fewer paths comes first. */
function rank(segment: string | undefined): number {
  if (segment === undefined) return 0;
  if (/^:\w+\*$/.test(segment)) return 3;
  return /[:{]/.test(segment) ? 2 : 1;
}
