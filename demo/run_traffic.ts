import { flush } from "@modelab/sdk";
import { customerOf } from "./customer.ts";
import { arrivals, dayOf, withClock } from "./past_days.ts";
import type { SupportApp } from "./support_app.ts";

/** Customers who are served at the same time. */
const CONCURRENCY = 32;

/**
 * Sends customers 1 to `users` to the app, as if they had come over the past
 * days: seconds of the demo stand for days of an app.
 *
 * @param progress Told after each customer how many were served.
 */
export async function runTraffic(
  app: SupportApp,
  users: number,
  progress: (served: number) => void,
): Promise<void> {
  const times = arrivals(users, Date.now());
  let [next, served, time] = [0, 0, times[0] ?? 0];
  const serveDay = async (day: number): Promise<void> => {
    for (;;) {
      const arrival = times[next];
      if (arrival === undefined || dayOf(arrival) > day) return;
      time = Math.max(time, arrival);
      await app.serve(customerOf(++next));
      progress(++served);
    }
  };
  await withClock(() => time, async () => {
    while (next < times.length) {
      const day = dayOf(times[next] ?? 0);
      await Promise.all(
        Array.from({ length: CONCURRENCY }, () => serveDay(day)),
      );
      // Each day is sent before the next begins, as an app would send it.
      await flush();
    }
  });
}
