import { define } from "../../server/define.ts";
import { keptPage } from "../../server/kept_page.ts";

export const handler = define.middleware(keptPage);
