import { createDefine } from "fresh";
import type { FlagReader } from "../storage/flag_reader.ts";
import type { Service } from "./service.ts";

/** What every route finds in `ctx.state`. */
export interface State {
  /** What the API's handlers work with. */
  service: Service;
  /** Reads flags for the dashboard's pages. */
  reader: FlagReader;
  /** The client's address, for limits. */
  address: string;
  /** Whether the dashboard asks for a key, and so offers to sign out. */
  signInRequired: boolean;
  /** Versions of flags that were read for this request, by the flags' names. */
  versions?: ReadonlyMap<string, string>;
  /** What the page's `<title>` says, set by the page for the app wrapper. */
  title: string;
}

/** Typed identity functions for this app's routes, layouts and middleware. */
export const define = createDefine<State>();
