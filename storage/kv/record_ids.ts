import { readIds } from "./id_list.ts";
import { indexPrefix, userKey, userPageKey } from "./keys.ts";
import { User } from "./user.ts";
import { bytesOf } from "./workspace.ts";

/** The id of an assignment, and where to go on after it. */
export interface IdPlace {
  readonly id: string;
  readonly cursor: string;
}

/** A cursor that no list gave out. */
export class CursorError extends Error {
  override readonly name = "CursorError";
}

/**
 * The assignments of a flag, the newest first. A row of the index holds those
 * of one commit, so a cursor names a row and how many of it have been seen.
 */
export async function* flagIds(
  kv: Deno.Kv,
  flag: string,
  cursor: string | null,
): AsyncGenerator<IdPlace> {
  const prefix = indexPrefix(flag);
  const from = cursor === null ? null : parseFlagCursor(cursor);
  const end = from === null
    ? [...prefix, Infinity]
    : [...prefix, from.time, new Uint8Array([...from.nonce, 0])];
  const rows = kv.list(
    { start: [...prefix, -Infinity], end },
    { reverse: true, batchSize: 20 },
  );
  for await (const entry of rows) {
    const [, , time, nonce] = entry.key;
    if (typeof time !== "number" || !(nonce instanceof Uint8Array)) continue;
    const ids = readIds(bytesOf(entry)).reverse();
    const seen = from !== null && from.time === time &&
        hexOf(from.nonce) === hexOf(nonce)
      ? from.seen
      : 0;
    for (const [at, id] of ids.entries()) {
      if (at < seen) continue;
      yield { id, cursor: `f.${time}.${hexOf(nonce)}.${at + 1}` };
    }
  }
}

/** The assignments of a user of a flag, the newest first. */
export async function* userIds(
  kv: Deno.Kv,
  flag: string,
  user: string,
  cursor: string | null,
): AsyncGenerator<IdPlace> {
  const entry = await kv.get(userKey(flag, user));
  if (entry.versionstamp === null) return;
  const { ids, pages } = User.decode(bytesOf(entry));
  // Ids are numbered from the oldest; what is added does not move them.
  const from = cursor === null ? null : parseUserCursor(cursor);
  let page = from === null ? pages : Math.min(from.page, pages);
  for (; page >= 0; page--) {
    const onPage = page === pages
      ? ids
      : User.decodePage(bytesOf(await kv.get(userPageKey(flag, user, page))));
    const end = from !== null && page === from.page ? from.at : onPage.length;
    for (let at = Math.min(end, onPage.length) - 1; at >= 0; at--) {
      const id = onPage[at];
      if (id !== undefined) yield { id, cursor: `u.${page}.${at}` };
    }
  }
}

function parseFlagCursor(
  cursor: string,
): { time: number; nonce: Uint8Array; seen: number } {
  const match = /^f\.(\d{1,16})\.((?:[0-9a-f]{2}){1,64})\.(\d{1,6})$/.exec(
    cursor,
  );
  if (match === null) throw wrong(cursor);
  const [, time, nonce = "", seen] = match;
  return {
    time: Number(time),
    nonce: Uint8Array.from(
      nonce.match(/../g) ?? [],
      (hex) => parseInt(hex, 16),
    ),
    seen: Number(seen),
  };
}

function parseUserCursor(cursor: string): { page: number; at: number } {
  const match = /^u\.(\d{1,9})\.(\d{1,6})$/.exec(cursor);
  if (match === null) throw wrong(cursor);
  return { page: Number(match[1]), at: Number(match[2]) };
}

function wrong(cursor: string): CursorError {
  return new CursorError(
    `cursor must be one that this list gave, got ${
      JSON.stringify(cursor.slice(0, 100))
    }`,
  );
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
