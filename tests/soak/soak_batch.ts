import type {
  AssignmentRecord,
  EventRecord,
  ExecutionRecord,
} from "../../engine/records.ts";
import {
  assignment,
  event,
  execution,
} from "../../storage/kv/testing/records.ts";

/** Stories in one batch. */
export const STORIES = 10;
/** Users that a writer sends for. */
const USERS = 500;

/** Records as they are sent. */
export interface SoakBatch {
  readonly assignments: readonly AssignmentRecord[];
  readonly executions: readonly Partial<ExecutionRecord>[];
  readonly events: readonly EventRecord[];
}

/** A batch of one writer: the same to the last field whenever it is sent. */
export function batchOf(writer: number, n: number): SoakBatch {
  const stories = Array.from({ length: STORIES }, (_, at) => {
    const id = `${writer}-${n}-${at}`;
    const user = (n * STORIES + at) % USERS;
    return {
      assignment: assignment(id, {
        flag_name: "soak",
        variant_name: user % 2 === 0 ? "a" : "b",
        user_id: `${writer}-${user}`,
      }),
      execution: at % 2 === 0
        ? execution(id, { execution_id: id, cost: at / 1000 })
        : withoutTime(execution(id, { cost: at / 1000 })),
      event: event(id, id, {
        event_type: at % 3 === 0 ? "failure" : "success",
      }),
    };
  });
  return {
    assignments: stories.map((story) => story.assignment),
    executions: stories.map((story) => story.execution),
    events: stories.map((story) => story.event),
  };
}

/** Such an execution is known by its fields, and counts when it comes. */
function withoutTime(
  { recorded_at: _, ...rest }: ExecutionRecord,
): Omit<ExecutionRecord, "recorded_at"> {
  return rest;
}
