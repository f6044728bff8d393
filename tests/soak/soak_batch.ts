import type { IngestBatch } from "../../engine/records.ts";
import {
  assignment,
  event,
  execution,
} from "../../storage/kv/testing/records.ts";

/** Stories in one batch. */
export const STORIES = 10;
/** Users that a writer sends for. */
const USERS = 500;

/** A batch of one writer: the same to the last field whenever it is sent. */
export function batchOf(writer: number, n: number): IngestBatch {
  const stories = Array.from({ length: STORIES }, (_, at) => {
    const id = `${writer}-${n}-${at}`;
    const user = (n * STORIES + at) % USERS;
    return {
      assignment: assignment(id, {
        flag_name: "soak",
        variant_name: user % 2 === 0 ? "a" : "b",
        user_id: `${writer}-${user}`,
      }),
      execution: execution(id, { execution_id: id, cost: at / 1000 }),
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
