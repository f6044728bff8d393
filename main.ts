import { createApp } from "./server/app.ts";
import { readConfig } from "./server/config.ts";
import { openService } from "./server/service.ts";

export const service = await openService(
  readConfig((name) => Deno.env.get(name)),
);
export const app = createApp(service);
