import { createDefine } from "fresh";
import Disclosure from "../islands/disclosure.tsx";

const define = createDefine<unknown>();

export default define.page(async (ctx) => {
  await Promise.resolve();
  if (ctx.url.searchParams.has("go")) {
    return new Response(null, { status: 303, headers: { location: "/" } });
  }
  return <Disclosure>text</Disclosure>;
});
