/**
 * Text that breaks what does not expect it.
 *
 * @module
 */

/** Names of flags and variants. */
export const NAMES: readonly string[] = [
  `<script>alert("name")</script>`,
  "a/b c?d#e%f&g",
  "تجربة الرد على العملاء",
  "🧪 prueba ñandú 测试",
  "W".repeat(500),
];
/** One of them, of 500 characters. */
export const LONG: string = NAMES[4] ?? "";

/** What calls and configs carry. */
export const HOSTILE: { readonly [key: string]: unknown } = {
  "<img src=x onerror=alert(1)>": "</script><script>alert(2)</script>",
  "\u202Eltr": ["x".repeat(10_000), null, { deep: { deeper: { deepest: 1 } } }],
};
