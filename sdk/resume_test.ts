import assert from "node:assert/strict";
import { NotInitializedError } from "./errors.ts";
import { reset, resume } from "./default_client.ts";
import { callAnything, lab } from "./testing/lab.ts";

Deno.test("resume() records under an assignment of which only the id is known", async () => {
  const { modelab, sent } = lab();
  const id = modelab.assign("tone", { userId: "u" })?.assignmentId ?? "";
  const resumed = modelab.resume(id);
  assert.equal(resumed.assignmentId, id);
  resumed.markSuccess({ stars: 5 });
  resumed.markCustomEvent("rated", null, 5);
  resumed.record({ usage: { prompt_tokens: 1, completion_tokens: 2 } });
  const { assignments, executions, events } = await sent();
  assert.equal(assignments.length, 1);
  assert.deepEqual(
    events.map(({ assignment_id, event_type, event_name, flag_name }) => [
      assignment_id,
      event_type,
      event_name,
      flag_name,
    ]),
    [[id, "success", "", undefined], [id, "custom", "rated", undefined]],
  );
  assert.equal(executions[0]?.["assignment_id"], id);
  assert.equal(executions[0]?.["input_tokens"], 1);
});

Deno.test("resume() takes whatever a request holds, and throws nothing", async () => {
  const { modelab, sent } = lab();
  const ids = ['"},{"', "x".repeat(100_000), "\ud800", undefined, {
    toString: 1,
  }];
  for (const id of ids) {
    const handle: unknown = Reflect.apply(modelab.resume, modelab, [id]);
    callAnything(Object(handle), "markFailure");
  }
  const { events } = await sent();
  assert.equal(events.length, ids.length);
  assert.equal(events[0]?.["assignment_id"], '"},{"');
  assert.equal(String(events[1]?.["assignment_id"]).length, 600);
});

Deno.test("resume() needs a client", async () => {
  await reset();
  assert.throws(() => resume("a-1"), NotInitializedError);
});
