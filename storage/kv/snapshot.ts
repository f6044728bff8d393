import { existsSync } from "node:fs";
import { backup, DatabaseSync } from "node:sqlite";
import { DatabaseError } from "./database.ts";

/** All pages in one step: between two steps a server could write. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * Copies a local database while servers may be writing to it: the copy is
 * that of one moment.
 *
 * @param path The database's file.
 * @param copy Where the copy goes; nothing may be there yet.
 * @throws {DatabaseError} There is no such file, or it cannot be copied.
 */
export async function snapshot(path: string, copy: string): Promise<void> {
  if (!existsSync(path)) {
    throw new DatabaseError(`There is no database at ${path}`);
  }
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    await backup(database, copy, { rate: ALL_PAGES });
  } catch (error) {
    throw new DatabaseError(
      `Cannot copy the database ${path}: ${
        error instanceof Error ? error.message : String(error)
      }`,
      { cause: error },
    );
  } finally {
    database.close();
  }
}
