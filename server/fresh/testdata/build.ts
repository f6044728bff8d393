import { fileURLToPath } from "node:url";
import type { App } from "fresh";
import { Builder } from "fresh/dev";

/** The directory of the app that tests build. */
export const appRoot: string = fileURLToPath(
  new URL("./app/", import.meta.url),
);

let built: ReturnType<Builder["build"]> | null = null;

/** Gives an app the build of the app in testdata/, made once for all tests. */
export async function applyTestBuild<State>(app: App<State>): Promise<void> {
  built ??= new Builder({ root: appRoot }).build({ snapshot: "memory" });
  (await built)(app);
}
