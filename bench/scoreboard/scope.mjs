/** What a scope says of a rule and the case that it stands in: `{ families }`, or `{ reason }` for which it is not our subject. */
export function scopeOf(scope, rule, group) {
  const entry = scope.find((each) => (each.group ? matchesGlob(each.group, group) : matchesGlob(each.rule, rule)));
  return entry ?? { reason: 'no rule of ours' };
}

/** `*` stands for anything, slashes too. */
export function matchesGlob(glob, text) {
  const expression = glob
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${expression}$`).test(text);
}
