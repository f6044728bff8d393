import { flush } from "@modelab/sdk";
import { customerOf } from "./customer.ts";
import type { DemoClock } from "./demo_clock.ts";
import { arrivals, dayOf } from "./past_days.ts";
import type { SupportApp } from "./support_app.ts";

/** Customers who are served at the same time. */
const CONCURRENCY = 32;

/**
 * Sends customers 1 to `users` to the app, as if they had come over the past
 * days.
 *
 * @param clock Set to when each of them comes.
 * @param progress Told after each customer how many were served.
 */
export async function runTraffic(
  app: SupportApp,
  users: number,
  clock: DemoClock,
  progress: (served: number) => void,
): Promise<void> {
  const times = arrivals(users, Date.now());
  let [next, served] = [0, 0];
  const serveDay = async (day: number): Promise<void> => {
    for (;;) {
      const arrival = times[next];
      if (arrival === undefined || dayOf(arrival) > day) return;
      clock.time = arrival;
      await app.serve(customerOf(++next));
      progress(++served);
    }
  };
  while (next < times.length) {
    const day = dayOf(times[next] ?? 0);
    await Promise.all(
      Array.from({ length: CONCURRENCY }, () => serveDay(day)),
    );
    // Each day is sent before the next begins, as an app would send it.
    await flush();
  }
  clock.time = null;
}
