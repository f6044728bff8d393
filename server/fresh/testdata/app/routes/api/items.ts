import { createDefine, HttpError } from "fresh";

const define = createDefine<unknown>();

export const handler = define.handlers({
  GET: (ctx) => ctx.json({ path: ctx.url.pathname, raw: ctx.req.url }),
  POST: () => {
    throw new HttpError(422, "No");
  },
  DELETE: () => {
    throw new Error("secret");
  },
});
