import { customerOf } from "./customer.ts";
import type { SupportApp } from "./support_app.ts";

/** Customers who are served at the same time. */
const CONCURRENCY = 32;

/**
 * Sends customers 1 to `users` to the app.
 *
 * @param progress Told after each customer how many were served.
 */
export async function runTraffic(
  app: SupportApp,
  users: number,
  progress: (served: number) => void,
): Promise<void> {
  let [next, served] = [1, 0];
  const serve = async (): Promise<void> => {
    while (next <= users) {
      await app.serve(customerOf(next++));
      progress(++served);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, serve));
}
