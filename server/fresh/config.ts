/** What may be set when an app is made. */
export interface FreshConfig {
  /**
   * The path under which the app lives, such as `/admin`.
   *
   * @default ""
   */
  basePath?: string;
  /**
   * Whether the app runs for its developer or for its users.
   *
   * @default "production"
   */
  mode?: "development" | "production";
  /**
   * Whether `X-Forwarded-Proto` and `X-Forwarded-Host` change `ctx.url`. Only
   * for an app behind a proxy that sets them itself.
   *
   * @default false
   */
  trustProxy?: boolean;
}

/** The configuration that an app runs with, every default filled in. */
export interface ResolvedFreshConfig {
  /** The project's directory. */
  root: string;
  /** The path under which the app lives, or `""`. */
  basePath: string;
  /** Whether the app runs for its developer or for its users. */
  mode: "development" | "production";
  /** Whether `X-Forwarded-*` headers change `ctx.url`. */
  trustProxy: boolean;
}
