import { dirname } from "node:path";
import { SCHEMA_VERSION, schemaKey } from "./keys.ts";
import { LOCAL_LIMITS, REMOTE_LIMITS } from "./limits.ts";
import type { CommitLimits } from "./limits.ts";
import { whileLocked } from "./while_locked.ts";

/** An open database, and what one of its commits can hold. */
export interface Database {
  readonly kv: Deno.Kv;
  readonly limits: CommitLimits;
}

/** The path of a database that is gone when it is closed. */
const IN_MEMORY = ":memory:";

/** The database cannot be used; the message says what to do about it. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
}

/**
 * Opens a database, and sets it up when it is new.
 *
 * @param path A file, whose directory is made when it is missing; a URL of KV
 * Connect; or null for the database of the deployment.
 * @throws {DatabaseError} It cannot be opened, or has another schema.
 */
export async function openDatabase(path: string | null): Promise<Database> {
  const kv = await openKv(path);
  try {
    await whileLocked(() => checkSchema(kv));
  } catch (error) {
    kv.close();
    throw error;
  }
  return { kv, limits: isLocal(path) ? LOCAL_LIMITS : REMOTE_LIMITS };
}

/**
 * Opens a second handle on a database's file. Each handle has a thread, and a
 * read on this one does not wait for the commits that are under way on the
 * other; it sees all that was acknowledged before it was asked. Where there is
 * no file, reads wait for nothing, and the handle is the same.
 *
 * @param path What `kv` was opened with.
 * @throws {DatabaseError} It cannot be opened.
 */
export async function openReader(
  path: string | null,
  kv: Deno.Kv,
): Promise<Deno.Kv> {
  // Opened once more, what is in memory would be another database.
  if (path === IN_MEMORY || !isLocal(path)) return kv;
  return await openKv(path);
}

/** Whether a database is reached over KV Connect. */
export function isUrl(path: string): boolean {
  return /^https?:\/\//.test(path);
}

function isLocal(path: string | null): path is string {
  return path !== null && !isUrl(path);
}

async function openKv(path: string | null): Promise<Deno.Kv> {
  const local = isLocal(path);
  try {
    if (local) await Deno.mkdir(dirname(path), { recursive: true });
    return await whileLocked(() => Deno.openKv(path ?? undefined));
  } catch (error) {
    throw new DatabaseError(
      `Cannot open the database ${path ?? "of the deployment"}: ${
        error instanceof Error ? error.message : String(error)
      }${
        local
          ? ". The file and its directory must be readable and writable"
          : ""
      }`,
      { cause: error },
    );
  }
}

async function checkSchema(kv: Deno.Kv): Promise<void> {
  const key = schemaKey();
  const entry = await kv.get(key);
  if (entry.value === SCHEMA_VERSION) return;
  if (entry.versionstamp !== null) {
    throw new DatabaseError(
      `The database must have schema ${SCHEMA_VERSION}, got ${
        JSON.stringify(entry.value)
      }: another version of modelab wrote it. Use that version, or another file`,
    );
  }
  for await (const { key: [space] } of kv.list({ prefix: [] }, { limit: 1 })) {
    // Another process has set it up since.
    if (space === key[0]) return await checkSchema(kv);
    throw new DatabaseError(
      `The database must be empty or modelab's, got one with ${
        JSON.stringify(space)
      } in it: something else wrote it. Use another file`,
    );
  }
  const { ok } = await kv.atomic().check(entry).set(key, SCHEMA_VERSION)
    .commit();
  // Another process set it up at the same time.
  if (!ok) await checkSchema(kv);
}
