import { Builder } from "fresh/dev";
import { readConfig } from "./server/config.ts";

const builder = new Builder();
if (Deno.args.includes("build")) await builder.build();
else {
  const { host, port } = readConfig((name) => Deno.env.get(name));
  await builder.listen(() => import("./main.ts"), { hostname: host, port });
}
