// A user's program, compiled by tsc against the npm package.
import { type DropReason, type InitOptions, Modelab } from "@modelab/sdk";
import { ModelabProvider } from "@modelab/sdk/openfeature";
import { fileSpool } from "@modelab/sdk/spool";

const drops: DropReason[] = [];
const options = {
  server: null,
  flags: [{
    name: "tone",
    variants: [
      { name: "formal", config: { model: "m1" } },
      { name: "casual", config: { model: "m2" } },
    ],
  }],
  spool: fileSpool("./spool"),
  onDrop: ({ reason }) => drops.push(reason),
} as const satisfies InitOptions;

const lab = new Modelab(options);
const assignment = lab.assign("tone", { userId: "user_123" });
const model: "m1" | "m2" | undefined = assignment?.config.model;
// @ts-expect-error: no such flag
export const wrongFlag = () => lab.assign("tune", { userId: "user_123" });
// @ts-expect-error: no such field
export const wrongField = (): unknown => assignment?.config.modle;
// Its types need no package of OpenFeature.
const { name }: { name: string } = new ModelabProvider(lab).metadata;
assignment?.record(null, { latencyMs: 12 });
await lab.shutdown();
console.log(name, model, lab.stats().dropped);
