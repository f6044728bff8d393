import { asset } from "fresh/runtime";
import { PageHeader } from "../components/page_header.tsx";
import { define } from "../server/define.ts";

const STYLES = [
  "tokens",
  "base",
  "figures",
  "tables",
  "stacked",
  "controls",
  "chart",
  "decision",
  "results",
  "health",
  "records",
  "print",
];

export default define.page(({ Component, state, url }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{state.title || "modelab"}</title>
      <link rel="icon" type="image/svg+xml" href={asset("/favicon.svg")} />
      {STYLES.map((name) => (
        <link
          key={name}
          rel="stylesheet"
          href={asset(`/styles/${name}.css`)}
        />
      ))}
    </head>
    <body>
      <a class="skip-link" href="#main">Skip to content</a>
      <PageHeader
        signedIn={state.signInRequired && url.pathname !== "/sign-in"}
      />
      <Component />
      <span id="end" hidden />
    </body>
  </html>
));
