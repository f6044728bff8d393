import type { JsonObject } from "./records.ts";

/** A flag as the code that declares it says it. */
export interface SetupFlag {
  readonly name: string;
  readonly variants: readonly {
    readonly name: string;
    readonly weight: number;
    readonly config: JsonObject;
  }[];
}
