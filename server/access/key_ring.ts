import type {
  AccessKey,
  AccessKeys,
  Scope,
} from "../../storage/kv/access_keys.ts";
import type { Access } from "./access.ts";
import { digestOf, keyParts, sameDigest } from "./key_text.ts";

/** The keys of the environment, which have no row in the database. */
export interface EnvironmentKeys {
  readonly apiKey: string | null;
  readonly readKey: string | null;
}

/** A key that is valid now. */
export interface ActiveKey {
  readonly access: Access;
  readonly digest: string;
}

/** The keys cannot be read: nobody can be let in. */
export class KeysUnavailableError extends Error {
  override readonly name = "KeysUnavailableError";
}

/** After so many milliseconds the keys are read again beside the requests. */
const REFRESH = 1000;
/** After so many, a request waits until they are. */
const STALE = 3000;
/** After so many without an answer of the database nobody is let in. */
const EXPIRED = 30_000;
/** The use of a key is noted at most so often. */
const USE_NOTED = 5 * 60_000;

const ALL_FLAGS = { flagPrefix: null, isSession: false };
const NO_DIGEST = digestOf("");

/**
 * The keys as this process knows them. There is no watch across processes:
 * a version is asked for whenever what is known has become old, so a key that
 * is revoked anywhere is refused here after three seconds at most.
 */
export class KeyRing {
  readonly #keys: AccessKeys;
  readonly #environment: readonly ActiveKey[];
  readonly #environmentKeys: EnvironmentKeys;
  readonly #now: () => number;
  readonly #noted: Map<string, number> = new Map();
  #active: ReadonlyMap<string, ActiveKey> = new Map();
  #hasKeys = false;
  #secret: Uint8Array = new Uint8Array();
  #version: string | null | undefined = undefined;
  #checkedAt = -Infinity;
  #checking: Promise<void> | null = null;

  constructor(
    keys: AccessKeys,
    environment: EnvironmentKeys,
    now: () => number,
  ) {
    this.#keys = keys;
    this.#environmentKeys = environment;
    this.#environment = environmentAccess(environment);
    this.#now = now;
  }

  /**
   * Makes sure that what is known is not old.
   *
   * @throws {KeysUnavailableError} The database does not answer.
   */
  async refresh(): Promise<void> {
    const age = this.#now() - this.#checkedAt;
    // A clock that was set back says nothing about the age.
    if (age >= 0 && age < REFRESH) return;
    const checking = this.#check();
    if (age >= 0 && age < STALE) return;
    await checking;
    if (this.#now() - this.#checkedAt > EXPIRED) {
      throw new KeysUnavailableError("The keys cannot be read");
    }
  }

  /** Whether a scope is open to whoever asks from this machine. */
  isOpen(scope: Scope): boolean {
    const { apiKey, readKey } = this.#environmentKeys;
    if (this.#hasKeys) return false;
    if (scope === "ingest") return apiKey === null;
    if (scope === "read") return readKey === null;
    return apiKey === null && readKey === null;
  }

  /** Whether there is, or was, a key in the database. */
  get hasKeys(): boolean {
    return this.#hasKeys;
  }

  /** Signs the sessions. */
  get sessionSecret(): Uint8Array {
    return this.#secret;
  }

  /** The stored key that a text is, or null. */
  stored(text: string): ActiveKey | null {
    const parts = keyParts(text);
    if (parts === null) return null;
    const key = this.#active.get(parts.id);
    const same = sameDigest(digestOf(parts.secret), key?.digest ?? NO_DIGEST);
    if (key === undefined || !same) return null;
    this.#noteUse(parts.id);
    return key;
  }

  /** The environment's key that a text is, or null. */
  fromEnvironment(text: string): ActiveKey | null {
    const digest = digestOf(text);
    // All are compared: the time says nothing about which it was.
    const same = this.#environment.filter((key) =>
      sameDigest(digest, key.digest)
    );
    return same[0] ?? null;
  }

  /** A key by its id, to check a session. */
  byId(id: string): ActiveKey | null {
    return this.#active.get(id) ??
      this.#environment.find(({ access }) => access.id === id) ?? null;
  }

  #check(): Promise<void> {
    this.#checking ??= this.#load().catch((error) => {
      console.error("The keys could not be read:", error);
    }).finally(() => {
      this.#checking = null;
    });
    return this.#checking;
  }

  async #load(): Promise<void> {
    const now = this.#now();
    if (
      this.#version === undefined ||
      await this.#keys.version() !== this.#version
    ) {
      const { keys, sessionSecret, version } = await this.#keys.load();
      this.#active = new Map(
        keys.filter(({ revokedAt }) => revokedAt === null)
          .map((key) => [key.id, activeKey(key)]),
      );
      // A revoked key does not open what it closed.
      this.#hasKeys = keys.length > 0;
      this.#secret = sessionSecret;
      this.#version = version;
    }
    this.#checkedAt = now;
  }

  #noteUse(id: string): void {
    const now = this.#now();
    if (now - (this.#noted.get(id) ?? -Infinity) < USE_NOTED) return;
    this.#noted.set(id, now);
    this.#keys.noteUse(id, now).catch(() => this.#noted.delete(id));
  }
}

function activeKey({ id, scopes, flagPrefix, digest }: AccessKey): ActiveKey {
  return { access: { id, scopes, flagPrefix, isSession: false }, digest };
}

function environmentAccess(
  { apiKey, readKey }: EnvironmentKeys,
): ActiveKey[] {
  const named: readonly [string, string | null, Scope][] = [
    ["MODELAB_API_KEY", apiKey, "ingest"],
    ["MODELAB_READ_KEY", readKey, "read"],
  ];
  const keys = new Map<string, ActiveKey>();
  for (const [name, text, scope] of named) {
    if (text === null) continue;
    // The same key may stand in both.
    const digest = digestOf(text);
    const { id, scopes } = keys.get(digest)?.access ?? { id: name, scopes: [] };
    const access = { ...ALL_FLAGS, id, scopes: [...scopes, scope] };
    keys.set(digest, { access, digest });
  }
  return [...keys.values()];
}
