/**
 * A program that sends a first assignment to a server.
 *
 * @param server The server's address, as the reader's browser reached it.
 */
export function firstAssignmentCode(server: string): string {
  return `import { assign, init, shutdown } from "jsr:@modelab/sdk";

init({
  server: ${JSON.stringify(server)},
  flags: [{
    name: "reply-model",
    variants: [
      { name: "small", weight: 50, config: { model: "gpt-4.1-mini" } },
      { name: "large", weight: 50, config: { model: "gpt-4.1" } },
    ],
  }],
});

const assignment = assign("reply-model", { userId: "user-1" });
assignment?.record(undefined, { latencyMs: 812, cost: 0.0004 });
assignment?.markSuccess();

await shutdown();
`;
}
