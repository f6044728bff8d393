import type {
  AssignmentRecord,
  CostSource,
  EventRecord,
  ExecutionRecord,
} from "../../engine/records.ts";
import type { Field } from "./field.ts";
import { invalid, valid } from "./field.ts";
import {
  amount,
  flagName,
  name,
  number,
  object,
  oneOf,
  optional,
  text,
  timestamp,
  user,
  yesOrNo,
} from "./fields.ts";
import { flagSetup } from "./flag_setup.ts";
import { LIMITS } from "./limits.ts";
import { recordSchema } from "./record_schema.ts";
import type { RecordSchema } from "./record_schema.ts";

/** What a field may be that only this package's own SDK sends. */
function extra<T>(field: Field<T>): Field<T | undefined> {
  return {
    ...field,
    required: false,
    check(value) {
      return value === undefined ? valid(undefined) : field.check(value);
    },
  };
}

const tokens = (what: string): Field<number | null> =>
  amount(LIMITS.tokens, what, { integer: true });

/** The assignment's own flag, variant and user, which need not be sent. */
const hints = {
  flag_name: hint("The assignment's flag."),
  variant_name: hint("The assignment's variant."),
  user_id: hint("The assignment's user."),
};

/** `POST /api/v1/ingest/assignments` */
export const assignmentSchema: RecordSchema<AssignmentRecord> = recordSchema<
  AssignmentRecord
>({
  assignment_id: name("Unique id of this decision."),
  flag_name: flagName("The flag."),
  variant_name: name("The variant that was chosen."),
  user_id: user("The unit of randomisation. May be empty."),
  session_id: session("Any session."),
  config_json: object("The variant's config."),
  assigned_at: timestamp("When the decision was made."),
  flag_json: extra(flagSetup("The flag's settings at the time.")),
  overridden: extra(
    yesOrNo("Whether the variant was forced: it then counts in no figure."),
  ),
});

/** `POST /api/v1/ingest/executions` */
export const executionSchema: RecordSchema<ExecutionRecord> = recordSchema<
  ExecutionRecord
>({
  assignment_id: name("The assignment under which the call was made."),
  execution_id: extra(name("Unique id of this call.")),
  latency_ms: amount(LIMITS.latencyMs, "Wall time in milliseconds."),
  ttft_ms: extra(amount(LIMITS.latencyMs, "Milliseconds to the first token.")),
  input_tokens: tokens("Tokens read, cached ones included."),
  output_tokens: tokens("Tokens written, reasoning included."),
  cache_read_tokens: extra(tokens("Input tokens read from a cache.")),
  cache_write_tokens: extra(tokens("Input tokens written to a cache.")),
  cache_write_1h_tokens: extra(
    tokens("Of the tokens written to a cache, those to be kept for an hour."),
  ),
  reasoning_tokens: extra(tokens("Output tokens spent on reasoning.")),
  cost: amount(LIMITS.costUsd, "US dollars."),
  model: extra(text(LIMITS.nameBytes, "The model asked for.")),
  response_model: extra(text(LIMITS.nameBytes, "The model that answered.")),
  step: extra(text(LIMITS.nameBytes, "Which step of several calls it was.")),
  cost_source: extra(costSource("Where the cost came from.")),
  aborted: extra(
    yesOrNo("Whether the caller broke off the stream of the answer."),
  ),
  error: text(LIMITS.errorCharacters, "What went wrong, if anything did."),
  metadata_json: object("Anything else."),
  recorded_at: timestamp("When the call was made."),
  ...hints,
});

/** `POST /api/v1/ingest/events` */
export const eventSchema: RecordSchema<EventRecord> = recordSchema<
  EventRecord
>({
  event_id: name("Unique id of this event."),
  assignment_id: name("The assignment under which it happened."),
  event_type: oneOf(["success", "failure", "custom"], "What happened."),
  event_name: {
    ...text(LIMITS.nameBytes, "The name of a custom event."),
    check: eventName,
  },
  payload_json: object("Anything else."),
  created_at: timestamp("When it happened."),
  value: extra(
    number(LIMITS.eventValue, "A number that belongs to the event."),
  ),
  ...hints,
}, {
  schema: {
    if: { properties: { event_type: { const: "custom" } } },
    then: {
      required: ["event_name"],
      properties: { event_name: name("").schema },
    },
  },
  check({ event_type, event_name }) {
    if (event_type !== "custom") return null;
    const checked = name("").check(event_name);
    if (checked.ok) return null;
    return { field: "event_name", message: checked.message };
  },
});

function hint(description: string): Field<string | undefined> {
  return extra({ ...user(description), required: false });
}

function costSource(description: string): Field<CostSource | null> {
  const values = ["given", "response", "price_table"] as const;
  return optional<CostSource | null>({
    schema: { type: ["string", "null"], enum: [...values, null], description },
    initial: null,
    check: oneOf(values, description).check,
  });
}

function session(description: string): Field<string> {
  const { schema, check } = user(description);
  return optional({
    schema: { ...schema, type: ["string", "integer", "null"] },
    initial: "",
    check,
  });
}

function eventName(value: unknown): ReturnType<Field<string>["check"]> {
  if (value === undefined || value === null) return valid("");
  return typeof value === "string"
    ? valid(value.toWellFormed())
    : invalid("a string", value);
}
