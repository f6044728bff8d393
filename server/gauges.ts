import process from "node:process";
import type { Gauge } from "./metrics.ts";
import type { Service } from "./service.ts";

const STARTED = Date.now() / 1000;

/** What is so now: what waits, and how the process is. */
export function gaugesOf(
  { ledger, limits, now }: Pick<Service, "ledger" | "limits" | "now">,
): Gauge[] {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return [
    {
      name: "modelab_records_waiting",
      help: "Records that wait for their commit.",
      value: ledger.waiting,
    },
    {
      name: "modelab_requests_active",
      help: "Requests under way.",
      value: limits.requests.used,
    },
    {
      name: "modelab_body_bytes",
      help: "Bytes of bodies that are held.",
      value: limits.bodyBytes.used,
    },
    {
      name: "modelab_time_seconds",
      help: "The time of day as the server sees it, in epoch seconds.",
      value: now() / 1000,
    },
    {
      name: "process_resident_memory_bytes",
      help: "Resident memory in bytes.",
      value: rss,
    },
    {
      name: "process_heap_bytes",
      help: "Memory that JavaScript uses, in bytes.",
      value: heapUsed,
    },
    {
      name: "process_cpu_seconds_total",
      help: "User and system time in seconds.",
      value: (user + system) / 1e6,
      type: "counter",
    },
    {
      name: "process_start_time_seconds",
      help: "When the process started, in epoch seconds.",
      value: STARTED,
    },
  ];
}
