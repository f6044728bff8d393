/**
 * Reloads the page when the development server has restarted.
 *
 * @module
 */

import { ALIVE_PATH } from "../_payload.ts";

let revision: string | null = null;

// It connects again by itself, for as long as the server is away.
new EventSource(ALIVE_PATH).addEventListener("message", ({ data }) => {
  revision ??= String(data);
  if (revision !== String(data)) location.reload();
});
