import type { JSX } from "preact";
import type { JsonObject } from "../engine/records.ts";
import { formatCount } from "./format.ts";

/** Longer ones, such as prompts, would push the page apart. */
const LONG = 400;

/** Props of {@linkcode ConfigCell}. */
export interface ConfigCellProps {
  config: JsonObject;
}

/** A variant's config as JSON, folded when it is long. */
export function ConfigCell({ config }: ConfigCellProps): JSX.Element {
  const text = JSON.stringify(config, null, 2);
  const json = <pre class="json" dir="ltr"><code>{text}</code></pre>;
  return (
    <td class="config">
      {text.length <= LONG ? json : (
        <details>
          <summary>JSON, {formatCount(text.length)} characters</summary>
          {json}
        </details>
      )}
    </td>
  );
}
