import {
  answer,
  content,
  list,
  objectOf,
  problemOf,
  queryOf,
  ref,
  REFUSED,
} from "./openapi_parts.ts";
import type { JsonSchema } from "./validation/field.ts";
import { flagName } from "./validation/fields.ts";
import { LIMITS } from "./validation/limits.ts";

/** The schemas of what an admin does. */
export const ADMIN_SCHEMAS: JsonSchema = {
  Erasure: objectOf({
    user_ids: {
      ...list({
        type: ["string", "integer"],
        maxLength: LIMITS.userCharacters,
        minimum: Number.MIN_SAFE_INTEGER,
        maximum: Number.MAX_SAFE_INTEGER,
      }),
      minItems: 1,
      maxItems: 1000,
    },
  }),
  FlagOrder: objectOf({ flag_name: flagName("The flag.").schema }),
  ArchiveOrder: {
    type: "object",
    required: ["flag_name"],
    properties: {
      flag_name: flagName("The flag.").schema,
      archived: { type: "boolean", default: true },
    },
  },
  Archived: objectOf({
    flag_name: { type: "string" },
    archived: { type: "boolean" },
  }),
  Erased: objectOf({
    assignments: { type: "integer" },
    records: { type: "integer" },
  }),
};

/** The routes for what an admin does, and for taking the ledger out. */
export const ADMIN_PATHS: JsonSchema = {
  "/api/v1/export": {
    get: {
      summary: "The ledger, as far as the key goes, story by story.",
      security: [{ readKey: [] }],
      parameters: [
        queryOf("format", { enum: ["ndjson", "csv"] }),
        queryOf("flag", { type: "string" }),
        queryOf("from", {
          type: "string",
          minLength: 1,
          maxLength: 512,
          description:
            "The assignment to begin with: where an export was broken off, the last one of which something came.",
        }),
      ],
      responses: {
        200: {
          description: "One record on each line.",
          content: {
            "application/x-ndjson": { schema: {} },
            "text/csv": { schema: {} },
          },
        },
        400: problemOf("A parameter is wrong."),
        404: problemOf("No such flag has an assignment."),
        ...REFUSED,
      },
    },
  },
  "/api/v1/archive": orderOf(
    "Archives a flag: it is not listed any more; or takes it out again.",
    ref("ArchiveOrder"),
    {
      200: answer("What it is now.", ref("Archived")),
      404: problemOf("No such flag has an assignment."),
    },
  ),
  "/api/v1/delete": orderOf(
    "Deletes a flag and all that came for it.",
    ref("FlagOrder"),
    { 200: answer("What was taken away.", ref("Erased")) },
  ),
  "/api/v1/erase": orderOf(
    "Erases users: their records, and what they are in the counters.",
    ref("Erasure"),
    { 200: answer("What was taken away.", ref("Erased")) },
  ),
};

function orderOf(
  summary: string,
  body: JsonSchema,
  answers: JsonSchema,
): JsonSchema {
  return {
    post: {
      summary,
      security: [{ adminKey: [] }],
      requestBody: { required: true, ...content(body) },
      responses: {
        ...answers,
        400: problemOf("No JSON, or of the wrong shape."),
        ...REFUSED,
        408: problemOf("The body took too long."),
        413: problemOf("Too many bytes."),
        415: problemOf("Another Content-Encoding than gzip."),
      },
    },
  };
}
