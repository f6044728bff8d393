import { isScope, SCOPES } from "../storage/kv/access_keys.ts";
import type { AccessKey, Scope } from "../storage/kv/access_keys.ts";
import { newKey } from "./access/key_text.ts";
import { problem, refuseMethod } from "./problem.ts";
import { withJson } from "./read_json.ts";
import type { Service } from "./service.ts";
import { described } from "./validation/field.ts";
import { isObject } from "./validation/fields.ts";

const MAX_BODY_BYTES = 64 * 1024;
const NAME_CHARACTERS = 200;
const PREFIX_CHARACTERS = 512;
const NOT_CACHED = { "cache-control": "no-store" };

/** What a key is to be. */
export interface KeyWish {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly flagPrefix: string | null;
}

/** A key as the API and `deno task keys` show it. */
export interface ShownKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly flag_prefix: string | null;
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

/** Answers `GET /api/v1/keys` and `POST /api/v1/keys`. */
export async function listOrCreateKeys(
  service: Service,
  request: Request,
): Promise<Response> {
  const refused = refuseMethod(request, ["GET", "HEAD", "POST"]);
  if (refused !== null) return refused;
  if (request.method !== "POST") {
    return Response.json({ keys: await shownKeys(service) }, {
      headers: NOT_CACHED,
    });
  }
  const { config, limits, access } = service;
  return await withJson(request, {
    maxBytes: MAX_BODY_BYTES,
    timeoutMs: config.bodyTimeoutMs,
    shares: limits.bodyBytes,
    client: access.id,
  }, async (body) => {
    if (!body.ok) return problem(body.status, body.detail);
    const wish = keyWishOf(body.value);
    if (typeof wish === "string") return problem(400, wish);
    const { shown, text } = await createKey(service, wish);
    return Response.json({ ...shown, key: text }, {
      status: 201,
      headers: NOT_CACHED,
    });
  });
}

/** Answers `DELETE /api/v1/keys/{id}`. */
export async function revokeKey(
  { keys, now }: Service,
  request: Request,
  id: string,
): Promise<Response> {
  const refused = refuseMethod(request, ["DELETE"]);
  if (refused !== null) return refused;
  const key = await keys.revoke(id, now());
  return key === null
    ? problem(404, `The id must be that of a key, got ${described(id)}`)
    : Response.json(shown(key, null), { headers: NOT_CACHED });
}

/** Makes a key: the only moment at which its text is known. */
export async function createKey(
  { keys, now }: Pick<Service, "keys" | "now">,
  wish: KeyWish,
): Promise<{ shown: ShownKey; text: string }> {
  const { id, digest, text } = newKey();
  const key = { ...wish, id, digest, createdAt: now(), revokedAt: null };
  await keys.add(key);
  return { shown: shown(key, null), text };
}

/** Every key, the revoked ones too. */
export async function shownKeys(
  { keys }: Pick<Service, "keys">,
): Promise<ShownKey[]> {
  const { keys: all } = await keys.load();
  const uses = await keys.lastUses();
  return all.map((key) => shown(key, uses.get(key.id) ?? null));
}

/** Reads what a key is to be, or says what is wrong with it. */
export function keyWishOf(value: unknown): KeyWish | string {
  if (!isObject(value)) {
    return `The body must be an object of name, scopes and flag_prefix, got ${
      described(value)
    }`;
  }
  const { name, scopes, flag_prefix: prefix = null } = value;
  if (
    typeof name !== "string" || name === "" || name.length > NAME_CHARACTERS
  ) {
    return `name must be a string of 1 to ${NAME_CHARACTERS} characters, got ${
      described(name)
    }`;
  }
  if (!Array.isArray(scopes) || scopes.length === 0 || !scopes.every(isScope)) {
    return `scopes must be an array of one or more of ${
      SCOPES.join(", ")
    }, got ${
      Array.isArray(scopes)
        ? JSON.stringify(scopes).slice(0, 100)
        : described(scopes)
    }`;
  }
  if (prefix === null) {
    return { name, scopes: unique(scopes), flagPrefix: null };
  }
  if (
    typeof prefix !== "string" || prefix === "" ||
    prefix.length > PREFIX_CHARACTERS
  ) {
    return `flag_prefix must be a string of 1 to ${PREFIX_CHARACTERS} characters or null, got ${
      described(prefix)
    }`;
  }
  if (scopes.includes("admin")) {
    return "flag_prefix must be null for a key with the scope admin: it could make itself one without";
  }
  return { name, scopes: unique(scopes), flagPrefix: prefix.toWellFormed() };
}

function unique(scopes: readonly Scope[]): Scope[] {
  return SCOPES.filter((scope) => scopes.includes(scope));
}

function shown(key: AccessKey, lastUsed: number | null): ShownKey {
  return {
    id: key.id,
    name: key.name,
    scopes: key.scopes,
    flag_prefix: key.flagPrefix,
    created_at: iso(key.createdAt),
    last_used_at: lastUsed === null ? null : iso(lastUsed),
    revoked_at: key.revokedAt === null ? null : iso(key.revokedAt),
  };
}

function iso(millis: number): string {
  return new Date(millis).toISOString();
}
