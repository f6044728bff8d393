import type { Scope } from "../../storage/kv/access_keys.ts";
import type { Need } from "./need.ts";

/** Who a request comes from, and what that allows. */
export interface Access {
  /** The id of a key, the name of a variable, or `open`. */
  readonly id: string;
  readonly scopes: readonly Scope[];
  /** What the names of the flags must begin with; null allows all flags. */
  readonly flagPrefix: string | null;
  /** A session is a browser's: it reads and administers, and sends nothing. */
  readonly isSession: boolean;
}

/** Whoever asks a server that has no keys. */
export const OPEN: Access = {
  id: "open",
  scopes: ["ingest", "read", "admin"],
  flagPrefix: null,
  isSession: false,
};

/** Whether an access is enough for a need. */
export function allows(access: Access, need: Need): boolean {
  const { scopes, flagPrefix, isSession } = access;
  const has = (scope: Scope): boolean =>
    scopes.includes(scope) || scopes.includes("admin");
  switch (need) {
    case "nothing":
      return true;
    case "ingest":
      return has("ingest") && !isSession;
    case "read":
      return has("read");
    case "read all":
      return has("read") && flagPrefix === null;
    case "admin":
      return has("admin");
  }
}

/** Whether an access includes a flag. */
export function includesFlag(
  { flagPrefix }: Pick<Access, "flagPrefix">,
  flag: string,
): boolean {
  return flagPrefix === null || flag.startsWith(flagPrefix);
}
