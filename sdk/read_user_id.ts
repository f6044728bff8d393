import { readProperty } from "../engine/read_property.ts";

/** A context's user id, or null and what stood there: callers may err. */
export function readUserId(
  context: unknown,
): { readonly userId: string | null; readonly got: string } {
  const userId = readProperty(context, "userId");
  const got = userId === null ? "null" : typeof userId;
  if (typeof userId === "string") return { userId, got };
  // As Python's f"{flag}:{user}" reads them.
  return typeof userId === "bigint" || Number.isSafeInteger(userId)
    ? { userId: String(userId), got }
    : { userId: null, got };
}
