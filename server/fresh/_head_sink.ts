import type { ComponentChildren } from "preact";

type Sink = (children: ComponentChildren) => void;

let sink: Sink | null = null;

/**
 * Where `<Head>` puts what it is given while a page renders on the server.
 *
 * A module of its own, since `<Head>` also runs in the browser and must not
 * pull the server's renderer into the bundle.
 */
export function headSink(): Sink | null {
  return sink;
}

/**
 * Sets where `<Head>` puts what it is given.
 *
 * @param next the sink, or null when no page renders
 */
export function setHeadSink(next: Sink | null): void {
  sink = next;
}
