/**
 * Builds an app for production, for development and for tests.
 *
 * @module
 */

import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { assemble } from "./_assemble.ts";
import { emptyBuildCache } from "./_build_cache.ts";
import { loadBuild } from "./_load_build.ts";
import { listenOn, type ListenOptions } from "./_listen.ts";
import { liveReload } from "./_live_reload.ts";
import { writeBuild } from "./_write_build.ts";
import { App, setBuildCache } from "./app.ts";

/** Where a project's files are. */
export interface BuildOptions {
  /**
   * The project's directory: absolute, a file URL, or relative to the working
   * directory. The other paths are relative to it.
   *
   * @default "."
   */
  root?: string;
  /**
   * Where the build goes.
   *
   * @default "_fresh"
   */
  outDir?: string;
  /**
   * The files that are served as they are. The first directory that has a
   * file serves it.
   *
   * @default "static"
   */
  staticDir?: string | string[];
  /**
   * The components that hydrate.
   *
   * @default "islands"
   */
  islandDir?: string;
  /**
   * The routes.
   *
   * @default "routes"
   */
  routeDir?: string;
  /**
   * The module that exports `app`.
   *
   * @default "main.ts"
   */
  serverEntry?: string;
  /** Which files of routes/ and islands/ to leave out. By default, tests. */
  ignore?: RegExp[];
}

/** The configuration of a builder, every default filled in. */
export interface ResolvedBuildConfig {
  root: string;
  outDir: string;
  staticDir: string[];
  islandDir: string;
  routeDir: string;
  serverEntry: string;
  ignore: RegExp[];
  mode: "development" | "production";
}

const TEST_FILE = /[._]test\.(?:[tj]sx?|[mc][tj]s)$/;

/**
 * Builds an app from its routes/, islands/ and static/.
 *
 * @example
 * ```ts ignore
 * const builder = new Builder();
 * if (Deno.args.includes("build")) await builder.build();
 * else await builder.listen(() => import("./main.ts"));
 * ```
 */
export class Builder {
  /** The configuration that the builder works with. */
  config: ResolvedBuildConfig;

  /** @param options where the project's files are */
  constructor(options: BuildOptions = {}) {
    const {
      outDir = "_fresh",
      staticDir = "static",
      islandDir = "islands",
      routeDir = "routes",
      serverEntry = "main.ts",
      ignore = [TEST_FILE],
    } = options;
    const root = resolved(options.root ?? ".", Deno.cwd());
    this.config = {
      root,
      outDir: resolved(outDir, root),
      staticDir: [staticDir].flat().map((path) => resolved(path, root)),
      islandDir: resolved(islandDir, root),
      routeDir: resolved(routeDir, root),
      serverEntry: resolved(serverEntry, root),
      ignore,
      mode: "production",
    };
  }

  /**
   * Builds the app: on disk for production, or in memory for tests.
   *
   * @param options where the build goes and for whom it is
   * @returns a function that gives an app what the build keeps in memory
   *
   * @example
   * ```ts ignore
   * const applySnapshot = await new Builder().build({ snapshot: "memory" });
   * const app = new App().fsRoutes();
   * applySnapshot(app);
   * ```
   */
  async build(
    options: {
      mode?: ResolvedBuildConfig["mode"];
      snapshot?: "disk" | "memory";
    } = {},
  ): Promise<<State>(app: App<State>) => void> {
    this.config.mode = options.mode ?? "production";
    const assembly = await this.#assemble();
    const { root, outDir } = this.config;
    if (options.snapshot === "memory") {
      const cache = await loadBuild(assembly, root);
      return (app) => setBuildCache(app, cache, app.config.mode);
    }
    // Nothing of the app runs: it may need what only its host has.
    await writeBuild(assembly, this.config);
    console.log(`Assets written to: ${outDir}`);
    return (app) => setBuildCache(app, emptyBuildCache(root), app.config.mode);
  }

  /**
   * Serves the app for its developer: a page reloads when the server has
   * restarted, as `deno run --watch` makes it do after a change.
   *
   * @param importApp loads the app
   * @param options where to listen
   */
  async listen<State>(
    importApp: () => Promise<{ app: App<State> } | App<State>>,
    options: ListenOptions = {},
  ): Promise<void> {
    this.config.mode = "development";
    const [imported, assembly] = await Promise.all([
      importApp(),
      this.#assemble(),
    ]);
    const app = imported instanceof App ? imported : imported.app;
    const cache = await loadBuild(assembly, this.config.root);
    setBuildCache(app, cache, "development");
    listenOn(liveReload(app.handler()), app.config.basePath, options);
  }

  #assemble() {
    const { config } = this;
    return assemble(
      { ...config, staticDirs: config.staticDir },
      config.mode === "development",
    );
  }
}

function resolved(path: string, root: string): string {
  if (path.startsWith("file://")) return fileURLToPath(path);
  return isAbsolute(path) ? path : join(root, path);
}
