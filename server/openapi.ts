import type { Config } from "./config.ts";
import { ADMIN_PATHS } from "./openapi_admin.ts";
import { ANSWER_SCHEMAS } from "./openapi_answers.ts";
import {
  DASHBOARD_SCHEMAS,
  EFFECTS,
  NEWS,
  OVERVIEW,
  OVERVIEW_QUERY,
} from "./openapi_dashboard.ts";
import { KEY_PATHS } from "./openapi_keys.ts";
import {
  answer,
  content,
  list,
  problemOf,
  queryOf,
  ref,
  REFUSED,
  time,
} from "./openapi_parts.ts";
import { ANALYSIS_QUERY, ANALYSIS_SCHEMAS } from "./openapi_analysis.ts";
import type { JsonSchema } from "./validation/field.ts";
import {
  assignmentSchema,
  eventSchema,
  executionSchema,
} from "./validation/records.ts";

const RECORDS: JsonSchema = {
  Assignment: assignmentSchema.schema,
  Execution: executionSchema.schema,
  Event: eventSchema.schema,
};

function ingestOf(
  summary: string,
  body: JsonSchema,
  { maxRecords, maxBodyBytes }: DescribedLimits,
): JsonSchema {
  return {
    post: {
      summary,
      description:
        `At most ${maxRecords} records and ${maxBodyBytes} bytes; the body may be compressed with gzip. Each record has its own verdict; one that was taken before is a duplicate, and counts once.`,
      security: [{ apiKey: [] }],
      requestBody: { required: true, ...content(body) },
      responses: {
        200: answer("What became of the records.", ref("IngestResult")),
        400: problemOf("No JSON, or of the wrong shape."),
        ...REFUSED,
        408: problemOf("The body took too long."),
        413: problemOf("Too many records or bytes."),
        415: problemOf("Another Content-Encoding than gzip."),
        422: answer("No record could be taken.", ref("IngestResult")),
        503: problemOf("Send all of it again after Retry-After seconds."),
      },
    },
  };
}

function readOf(
  summary: string,
  schema: JsonSchema,
  parameters: readonly JsonSchema[],
): JsonSchema {
  return {
    get: {
      summary,
      security: [{ readKey: [] }],
      parameters,
      responses: {
        200: answer("The figures.", schema),
        ...(parameters.length > 1
          ? { 400: problemOf("A parameter is wrong.") }
          : {}),
        ...REFUSED,
        ...(parameters.length > 0
          ? { 404: problemOf("No such flag has an assignment.") }
          : {}),
      },
    },
  };
}

const NAME: JsonSchema = {
  name: "name",
  in: "path",
  required: true,
  schema: { type: "string" },
};

function openOf(summary: string, type: string): JsonSchema {
  return {
    get: {
      summary,
      security: [],
      responses: {
        200: { description: "So it is.", ...content({}, type) },
      },
    },
  };
}

/** The limits that are configured. */
export type DescribedLimits = Pick<Config, "maxRecords" | "maxBodyBytes">;

/** Describes the HTTP API, from the schemas that validate. OpenAPI 3.1. */
export function openApi(limits: DescribedLimits): JsonSchema {
  return {
    openapi: "3.1.0",
    info: {
      title: "modelab",
      version: "1",
      description: "A/B testing for LLM systems in production.",
      license: { name: "MIT", identifier: "MIT" },
    },
    paths: {
      "/api/v1/ingest": ingestOf("Takes records of all kinds.", {
        type: "object",
        properties: {
          assignments: list(ref("Assignment")),
          executions: list(ref("Execution")),
          events: list(ref("Event")),
        },
      }, limits),
      "/api/v1/ingest/assignments": ingestOf(
        "Takes assignments.",
        list(ref("Assignment")),
        limits,
      ),
      "/api/v1/ingest/executions": ingestOf(
        "Takes executions.",
        list(ref("Execution")),
        limits,
      ),
      "/api/v1/ingest/events": ingestOf(
        "Takes events.",
        list(ref("Event")),
        limits,
      ),
      ...ADMIN_PATHS,
      ...KEY_PATHS,
      "/api/v1/flags": readOf("Lists flags.", ref("FlagList"), []),
      "/api/v1/flags/{name}": readOf(
        "Evaluates a flag: figures, analysis and decision.",
        ref("FlagEvaluation"),
        [NAME, ...ANALYSIS_QUERY],
      ),
      "/api/v1/flags/{name}/verdict": readOf(
        "A flag's analysis with all that it rests on, to be computed again.",
        ref("Verdict"),
        [NAME, ...ANALYSIS_QUERY],
      ),
      "/api/v1/news": NEWS,
      "/api/v1/overview": {
        get: {
          summary: "A page of flags with their decisions.",
          security: [{ readKey: [] }],
          parameters: OVERVIEW_QUERY,
          responses: {
            200: answer("The flags.", OVERVIEW),
            400: problemOf("A parameter is wrong."),
            ...REFUSED,
          },
        },
      },
      "/api/v1/flags/{name}/effects": readOf(
        "How the effect on the primary metric went.",
        EFFECTS,
        [NAME, ...ANALYSIS_QUERY],
      ),
      "/api/v1/flags/{name}/timeline": readOf(
        "Reads a flag's series.",
        ref("FlagTimeline"),
        [
          NAME,
          queryOf("granularity", { enum: ["minute", "hour", "day"] }),
          queryOf("from", time),
          queryOf("to", time),
        ],
      ),
      "/api/v1/openapi.json": openOf("This description.", "application/json"),
      "/healthz": openOf("The process is alive.", "text/plain"),
      "/readyz": openOf("The database answers; else 503.", "text/plain"),
      "/metrics": {
        get: {
          summary: "Figures of this process, for Prometheus.",
          security: [{ readKey: [] }],
          responses: {
            200: { description: "The figures.", ...content({}, "text/plain") },
            ...REFUSED,
          },
        },
      },
    },
    components: {
      schemas: {
        ...RECORDS,
        ...ANSWER_SCHEMAS,
        ...ANALYSIS_SCHEMAS,
        ...DASHBOARD_SCHEMAS,
      },
      securitySchemes: {
        apiKey: {
          type: "apiKey",
          in: "header",
          name: "X-API-Key",
          description: "A key with the scope ingest, or MODELAB_API_KEY.",
        },
        readKey: {
          type: "apiKey",
          in: "header",
          name: "X-API-Key",
          description: "A key with the scope read, or MODELAB_READ_KEY.",
        },
        adminKey: {
          type: "apiKey",
          in: "header",
          name: "X-API-Key",
          description: "A key with the scope admin.",
        },
      },
    },
  };
}
