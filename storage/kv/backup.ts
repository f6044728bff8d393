import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { DatabaseError, isUrl, openDatabase } from "./database.ts";
import { sessionSecretKey } from "./keys.ts";
import { snapshot } from "./snapshot.ts";
import { verify } from "./verify.ts";
import type { Verification } from "./verify.ts";

const encoder = new TextEncoder();

/**
 * Copies a local database while servers may be writing to it, and recounts
 * the copy. The copy appears under its name when all of it is good: a backup
 * that was broken off leaves none. It holds no secret with which sessions
 * could be forged.
 *
 * @param path The database's file.
 * @param copy Where the copy goes; nothing may be there yet.
 * @param now Epoch milliseconds.
 * @throws {DatabaseError} There is no such database, something is where the
 * copy goes, or a counter of the copy is not what its records add up to.
 */
export async function backUp(
  path: string | null,
  copy: string,
  now: number,
): Promise<Verification> {
  refuseExisting(copy);
  return await appear(copy, async (partial) => {
    await snapshot(localPath(path), partial);
    return await verified(partial, now, true);
  });
}

/**
 * Puts a backup where the database is to be, after recounting it.
 *
 * @param path The database's file; nothing may be there.
 * @param copy What {@linkcode backUp} made.
 * @param now Epoch milliseconds.
 * @throws {DatabaseError} There is a database already, or the backup is not
 * one that can be used.
 */
export async function restore(
  path: string | null,
  copy: string,
  now: number,
): Promise<Verification> {
  const target = localPath(path);
  refuseExisting(target);
  return await appear(target, async (partial) => {
    await snapshot(copy, partial);
    return await verified(partial, now, false);
  });
}

function localPath(path: string | null): string {
  if (path !== null && !isUrl(path)) return path;
  throw new DatabaseError(
    `The database must be a file, got ${
      path ?? "that of the deployment"
    }: whoever keeps a remote database backs it up. Its records can be exported`,
  );
}

function refuseExisting(path: string): void {
  for (const name of [path, `${path}-wal`, `${path}-shm`]) {
    if (existsSync(name)) {
      throw new DatabaseError(
        `There must be nothing at ${path} yet, got ${name}: move it away first`,
      );
    }
  }
}

/** Makes a file under another name, and gives it its own when it is whole. */
async function appear<T>(
  path: string,
  make: (partial: string) => Promise<T>,
): Promise<T> {
  const partial = `${path}.partial-${crypto.randomUUID()}`;
  try {
    const made = await make(partial);
    using file = await Deno.open(partial, { read: true, write: true });
    await file.sync();
    await Deno.rename(partial, path);
    return made;
  } finally {
    for (const name of [partial, `${partial}-wal`, `${partial}-shm`]) {
      await Deno.remove(name).catch(() => {});
    }
  }
}

/**
 * Deletes the secret so that its bytes are gone: a deletion by Deno KV would
 * leave them in a page that is free.
 */
function wipeSecret(path: string): void {
  const [name] = sessionSecretKey();
  // A key of one string, as Deno KV writes it.
  const key = new Uint8Array([2, ...encoder.encode(String(name)), 0]);
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA secure_delete = ON");
    database.prepare("DELETE FROM kv WHERE k = ?").run(key);
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
}

async function verified(
  path: string,
  now: number,
  withoutSecret: boolean,
): Promise<Verification> {
  if (withoutSecret) wipeSecret(path);
  const { kv } = await openDatabase(path);
  let found: Verification;
  try {
    if (withoutSecret && (await kv.get(sessionSecretKey())).value !== null) {
      throw new DatabaseError("The copy must not hold the session secret");
    }
    found = await verify(kv, now);
  } finally {
    kv.close();
  }
  const [first] = found.mismatches;
  if (first !== undefined) {
    throw new DatabaseError(
      `The copy must agree with its records, got ${found.mismatches.length} counters that do not, ${first.key} first: deno task verify names them all`,
    );
  }
  // All in one file, which is what is moved.
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
  return found;
}
