import { asset, IS_BROWSER } from "fresh/runtime";

export function Values(props: Record<string, unknown>) {
  const names = Object.entries(props).map(([name, value]) =>
    `${name}=${Object.prototype.toString.call(value)}`
  );
  return (
    <p
      class="values"
      data-browser={String(IS_BROWSER)}
      data-asset={asset("/x")}
    >
      {names.join(" ")}
    </p>
  );
}
