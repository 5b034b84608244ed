/** Where the schema of configurations lies in a repository that has spillcheck installed. */
export const INSTALLED_SCHEMA = 'node_modules/spillcheck/rules/schema/config.json';

/**
 * A first configuration: what is usual, said out loud, and what else there is as comments.
 *
 * @param installed whether editors find the schema in the repository
 */
export function configurationText(installed: boolean): string {
  return `${installed ? `# yaml-language-server: $schema=./${INSTALLED_SCHEMA}\n` : ''}# What spillcheck scans here, and what it reports. All keys: docs/configuration.md of spillcheck.

# recommended, or strict: also rules with more false alarms
profile: recommended

# from which level on a scan fails: error, warning, note or never
failOn: warning

# globs of files and folders to leave out; .gitignore counts anyway
# exclude:
#   - "**/*.test.ts"

# levels of rules (error, warning, note), or off
# rules:
#   prompt-to-log: error

# which data may go to whom: shipped policies by name, and own ones
# policies:
#   - gdpr-special-categories
`;
}
