import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { DatabaseError } from "./database.ts";

/**
 * Copies a local database while servers may be writing to it: the copy is
 * that of one moment.
 *
 * @param path The database's file.
 * @param copy Where the copy goes; nothing may be there yet.
 * @throws {DatabaseError} There is no such file, or it cannot be copied.
 */
export function snapshot(path: string, copy: string): void {
  if (!existsSync(path)) {
    throw new DatabaseError(`There is no database at ${path}`);
  }
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.prepare("VACUUM INTO ?").run(copy);
  } catch (error) {
    throw new DatabaseError(`Cannot copy the database ${path}`, {
      cause: error,
    });
  } finally {
    database.close();
  }
}
