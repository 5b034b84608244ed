/** A module of the scoreboard. It is plain JavaScript, outside what the compiler reads. */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of its types
export function scoreboard(name: string): Promise<any> {
  return import(new URL(`../../bench/scoreboard/${name}.mjs`, import.meta.url).href);
}
