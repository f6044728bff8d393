import {
  accessKeyKey,
  accessKeyPrefix,
  accessKeyUsedKey,
  accessKeyUsedPrefix,
  accessKeyVersionKey,
  sessionSecretKey,
} from "./keys.ts";
import { whileLocked } from "./while_locked.ts";

/** What a key allows: `admin` allows everything. */
export type Scope = "ingest" | "read" | "admin";

/** The scopes, in the order in which they are shown. */
export const SCOPES: readonly Scope[] = ["ingest", "read", "admin"];

/** An access key as the database knows it: not the key itself. */
export interface AccessKey {
  /** Stands in the key itself, and may be shown. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** What the names of the flags must begin with; null allows all flags. */
  readonly flagPrefix: string | null;
  /** SHA-256 of the key's secret, in base64url. */
  readonly digest: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly revokedAt: number | null;
}

/** All keys at one moment, and a mark that changes when one of them does. */
export interface AccessKeyState {
  readonly keys: readonly AccessKey[];
  readonly sessionSecret: Uint8Array;
  readonly version: string | null;
}

const SECRET_BYTES = 32;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The access keys in a database. */
export class AccessKeys {
  readonly #kv: Deno.Kv;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /**
   * Adds a key.
   *
   * @throws {Error} There is a key with this id.
   */
  async add(key: AccessKey): Promise<void> {
    const at = accessKeyKey(key.id);
    const { ok } = await this.#kv.atomic()
      .check({ key: at, versionstamp: null })
      .set(at, encode(key))
      .set(accessKeyVersionKey(), key.createdAt)
      .commit();
    if (!ok) throw new Error(`There is a key ${key.id} already`);
  }

  /**
   * Revokes a key for ever; it stays in the list.
   *
   * @returns The key as it is now, or null when there is none.
   */
  async revoke(id: string, now: number): Promise<AccessKey | null> {
    for (;;) {
      const entry = await this.#kv.get(accessKeyKey(id));
      const key = decode(id, entry.value);
      if (key === null || key.revokedAt !== null) return key;
      const revoked = { ...key, revokedAt: now };
      const { ok } = await this.#kv.atomic()
        .check(entry)
        .set(entry.key, encode(revoked))
        .set(accessKeyVersionKey(), now)
        .commit();
      if (ok) return revoked;
    }
  }

  /** A mark that changes whenever a key does; null before the first one. */
  async version(): Promise<string | null> {
    return (await this.#kv.get(accessKeyVersionKey())).versionstamp;
  }

  /** Every key, in the order of creation. */
  async load(): Promise<AccessKeyState> {
    // Read first: a change that comes meanwhile is then seen the next time.
    const version = await this.version();
    const keys: AccessKey[] = [];
    for await (
      const { key: [, id], value } of this.#kv.list({
        prefix: accessKeyPrefix(),
      })
    ) {
      const key = decode(String(id), value);
      if (key !== null) keys.push(key);
    }
    keys.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    return { keys, sessionSecret: await this.#sessionSecret(), version };
  }

  /** Notes that a key was used, unless a later use is known. */
  async noteUse(id: string, now: number): Promise<void> {
    await this.#kv.atomic().max(accessKeyUsedKey(id), BigInt(now)).commit();
  }

  /** When keys were last used, by their ids, in epoch milliseconds. */
  async lastUses(): Promise<Map<string, number>> {
    const uses = new Map<string, number>();
    for await (
      const { key: [, id], value } of this.#kv.list<Deno.KvU64>({
        prefix: accessKeyUsedPrefix(),
      })
    ) uses.set(String(id), Number(value.value));
    return uses;
  }

  async #sessionSecret(): Promise<Uint8Array> {
    const key = sessionSecretKey();
    for (;;) {
      const { value } = await this.#kv.get(key);
      if (value instanceof Uint8Array) return value;
      const secret = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
      // Others that start on a new file may be setting it up.
      await whileLocked(() =>
        this.#kv.atomic().check({ key, versionstamp: null })
          .set(key, secret).commit()
      );
    }
  }
}

function encode({ id: _id, ...key }: AccessKey): Uint8Array<ArrayBuffer> {
  return encoder.encode(JSON.stringify(key));
}

function decode(id: string, value: unknown): AccessKey | null {
  if (!(value instanceof Uint8Array)) return null;
  const parsed: unknown = JSON.parse(decoder.decode(value));
  if (typeof parsed !== "object" || parsed === null) return null;
  const key = { ...parsed, id };
  return isAccessKey(key) ? key : null;
}

function isAccessKey(key: object): key is AccessKey {
  return "name" in key && typeof key.name === "string" &&
    "scopes" in key && Array.isArray(key.scopes) && key.scopes.every(isScope) &&
    "flagPrefix" in key &&
    (key.flagPrefix === null || typeof key.flagPrefix === "string") &&
    "digest" in key && typeof key.digest === "string" &&
    "createdAt" in key && typeof key.createdAt === "number" &&
    "revokedAt" in key &&
    (key.revokedAt === null || typeof key.revokedAt === "number");
}

/** Whether a text names a scope. */
export function isScope(value: unknown): value is Scope {
  return SCOPES.some((scope) => scope === value);
}
