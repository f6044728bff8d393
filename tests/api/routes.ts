import { join, relative } from "node:path";
import { patternFromFile } from "../../server/fresh/_pattern.ts";
import { ROOT } from "../processes/root.ts";

/** A route of the app. */
export interface Route {
  /** As the app matches it. */
  readonly pattern: string;
  /** One that it matches. */
  readonly path: string;
}

/** Every route that has a file in routes/. */
export const ROUTES: Promise<readonly Route[]> = Promise.all(
  files(join(ROOT, "routes")).map(async (file) => {
    const module = await import(file);
    const inner = relative(join(ROOT, "routes"), file).replace(/\.tsx?$/, "");
    const pattern: string = module.config?.routeOverride ??
      patternFromFile(inner);
    const path = pattern.replace(/\*$|:\w+\*?/, "x");
    return { pattern, path };
  }),
);

function files(directory: string): string[] {
  return [...Deno.readDirSync(directory)].flatMap(({ name, isDirectory }) => {
    const path = join(directory, name);
    if (isDirectory) return files(path);
    return name.startsWith("_") || /_test\.tsx?$/.test(name) ? [] : [path];
  });
}
