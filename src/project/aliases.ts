/**
 * Aliases that frameworks and their templates bring along without a tsconfig that says so. They are tried last, and hold only where the
 * file they lead to exists.
 *
 * @returns paths relative to a package's folder, best first
 */
export function conventionalPaths(specifier: string): readonly string[] {
  // Nuxt: the root; Vite, Next, Vue CLI, Nuxt, Remix: the source folder.
  const root = /^(?:@@|~~)\/(.+)$/.exec(specifier)?.[1];
  if (root) return [root];
  const source = /^(?:[@~#]\/)(.+)$/.exec(specifier)?.[1];
  if (source) return ['src', '', 'app', 'source', 'client/src', 'frontend/src'].map((folder) => `${folder}/${source}`);
  // SvelteKit.
  if (specifier === '$lib' || specifier.startsWith('$lib/')) return [`src/lib${specifier.slice('$lib'.length)}`];
  // `@components/x`, `$utils/x`, `~hooks/x`, and `src/x` or `components/x` from a base URL that a bundler sets.
  const folder = /^[@$~#]?([\w-]+\/.+)$/.exec(specifier)?.[1] ?? /^[@$~#]([\w-]+)$/.exec(specifier)?.[1];
  return folder ? ['', 'src', 'app', 'src/app', 'source'].map((base) => `${base}/${folder}`) : [];
}

/** Modules that a framework or build makes and that never stand in a file. */
export function isVirtualModule(specifier: string): boolean {
  return (
    /^(?:virtual:|~icons\/|uno\.css$|windi\.css$|unfonts\.css$|\$houdini|vite\/modulepreload|__STATIC_CONTENT_MANIFEST|@theme(?:-|\/|$)|@site\/|@docusaurus\/(?:theme|useDoc|Link|router))/.test(
      specifier,
    ) ||
    /^#(?:imports|app|components|build|head|internal|nitro|nuxt|ui|content|auth|supabase|i18n|pwa|site|image|shared-types)(?:\/|$)/.test(
      specifier,
    ) ||
    /^\$(?:app|env|service-worker|paths)(?:\/|$)/.test(specifier) ||
    /(?:^|\/)(?:\$types(?:\.js|\.d\.ts)?|\+types\/[^/]+)$/.test(specifier)
  );
}
