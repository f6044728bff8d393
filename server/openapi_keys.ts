import { SCOPES } from "../storage/kv/access_keys.ts";
import {
  answer,
  content,
  list,
  nullable,
  objectOf,
  problemOf,
  ref,
  REFUSED,
  time,
} from "./openapi_parts.ts";
import type { JsonSchema } from "./validation/field.ts";

const scopes: JsonSchema = {
  type: "array",
  minItems: 1,
  items: { enum: SCOPES },
};
const KEY_WISH: JsonSchema = {
  name: { type: "string", minLength: 1, maxLength: 200 },
  scopes,
  flag_prefix: {
    type: ["string", "null"],
    minLength: 1,
    maxLength: 512,
    description:
      "What the names of the flags must begin with. Null for the scope admin.",
  },
};
const KEY_FIELDS: JsonSchema = {
  id: { type: "string" },
  name: { type: "string" },
  scopes,
  flag_prefix: nullable("string"),
  created_at: time,
  last_used_at: { type: ["string", "null"], format: "date-time" },
  revoked_at: { type: ["string", "null"], format: "date-time" },
};

/** The schemas of access keys. */
export const KEY_SCHEMAS: JsonSchema = {
  KeyWish: {
    type: "object",
    required: ["name", "scopes"],
    properties: KEY_WISH,
    // It could make itself a key without the limit.
    if: { properties: { scopes: { contains: { const: "admin" } } } },
    then: { properties: { flag_prefix: { type: "null" } } },
  },
  Key: objectOf(KEY_FIELDS),
  NewKey: objectOf({ ...KEY_FIELDS, key: { type: "string" } }),
  KeyList: objectOf({ keys: list(ref("Key")) }),
};

const KEYS: JsonSchema = {
  get: {
    summary: "Lists the keys, the revoked ones too.",
    security: [{ adminKey: [] }],
    responses: {
      200: answer("The keys.", ref("KeyList")),
      ...REFUSED,
    },
  },
  post: {
    summary: "Makes a key. Its text is in this answer and nowhere else.",
    security: [{ adminKey: [] }],
    requestBody: { required: true, ...content(ref("KeyWish")) },
    responses: {
      201: answer("The key.", ref("NewKey")),
      400: problemOf("No JSON, or of the wrong shape."),
      ...REFUSED,
      408: problemOf("The body took too long."),
      413: problemOf("Too many bytes."),
      415: problemOf("Another Content-Encoding than gzip."),
    },
  },
};

const KEY: JsonSchema = {
  delete: {
    summary: "Revokes a key, for ever.",
    security: [{ adminKey: [] }],
    parameters: [{
      name: "id",
      in: "path",
      required: true,
      schema: { type: "string" },
    }],
    responses: {
      200: answer("The key as it is now.", ref("Key")),
      ...REFUSED,
      404: problemOf("No such key."),
    },
  },
};

/** The routes of access keys. */
export const KEY_PATHS: JsonSchema = {
  "/api/v1/keys": KEYS,
  "/api/v1/keys/{id}": KEY,
};
