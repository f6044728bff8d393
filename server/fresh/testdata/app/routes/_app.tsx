import type { PageProps } from "fresh";

export default function AppWrapper({ Component }: PageProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>App</title>
      </head>
      <body>
        <Component />
      </body>
    </html>
  );
}
