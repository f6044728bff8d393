import type { ComponentType } from "preact";
import type { RouteFile } from "./_file_route.ts";

/** A component that hydrates in the browser. */
export interface Island {
  /** The component. */
  readonly component: ComponentType;
  /** The name under which its module exports it. */
  readonly exportName: string;
  /** The path of its module's script, below the app's base path. */
  readonly script: string;
}

/** A file that is served as it is. */
export interface StaticFile {
  /** Where it is, or what it holds. */
  readonly source: string | Uint8Array<ArrayBuffer>;
  /** A hash of its content. */
  readonly hash: string;
  /** Its MIME type. */
  readonly contentType: string;
  /** Whether its path changes whenever its content does. */
  readonly immutable: boolean;
}

/** What a build knows that a page needs. */
export interface PageBuild {
  /** The id that stands in the URLs of this build's immutable files. */
  readonly buildId: string;
  /** The path of the script that hydrates islands. */
  readonly bootScript: string;
  /** The path of the script that reloads the page, in development. */
  readonly reloadScript: string | null;
  /** The islands by their component. */
  readonly islands: ReadonlyMap<unknown, Island>;
}

/** What a build knows: routes, islands and files. */
export interface BuildCache extends PageBuild {
  /** The project's directory. */
  readonly root: string;
  /** The files by their path, every segment of it encoded. */
  readonly files: ReadonlyMap<string, StaticFile>;
  /** The files of routes/, in the order in which they are registered. */
  readonly routes: readonly RouteFile[];
}

/**
 * The build of an app that was never built: no islands, files or routes.
 *
 * @param root the project's directory
 */
export function emptyBuildCache(root: string): BuildCache {
  return {
    root,
    buildId: "",
    bootScript: "",
    reloadScript: null,
    islands: new Map(),
    files: new Map(),
    routes: [],
  };
}
