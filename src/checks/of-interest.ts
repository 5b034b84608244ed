/** Files that hold data, not settings, though their format is that of settings. */
const NEVER =
  /(?:^|\/)(?:package-lock|npm-shrinkwrap|composer\.lock|tsconfig[\w.-]*|pnpm-lock|yarn\.lock|bun\.lock|deno\.lock|Cargo\.lock|poetry\.lock|uv\.lock|CHANGELOG)\.?(?:json|ya?ml|toml)?$|\.(?:lock|map|snap|schema\.json|tsbuildinfo|ipynb)$/i;

const TREES = /\.(?:json|jsonc|json5|ya?ml|toml|ini|cfg|mcp|code-workspace|prompty)$/i;
const SCRIPTS = /\.(?:sh|bash|zsh|fish|ksh|ps1|psm1|bat|cmd|mk|dockerfile|containerfile)$/i;
const NAMES =
  /(?:^|\/)(?:\.?env(?:\.[\w.-]+)?|[\w.-]+\.env|Dockerfile(?:\.[\w.-]+)?|Containerfile(?:\.[\w.-]+)?|GNUmakefile|Makefile|makefile|Justfile|justfile|Procfile|Jenkinsfile|\.(?:ba|z)sh(?:rc|_profile|_aliases)|\.profile)$|(?:^|\/)\.husky\/[\w-]+$/;

/** Markdown whose front matter is settings: agents, commands, skills, workflows. */
const FRONT_MATTER =
  /(?:^|\/)(?:\.claude|\.opencode|\.github|\.gemini|\.cursor|commands|agents|skills)\/(?:.*\/)?[^/]+\.mdc?$/;

/** Whether a file can hold settings, command lines or workflows that the checks read; cheap, by its path alone. */
export function isConfigurationOfInterest(path: string): boolean {
  return !NEVER.test(path) && (TREES.test(path) || FRONT_MATTER.test(path) || SCRIPTS.test(path) || NAMES.test(path));
}
