/** Whether a JSX element name stands for a component in scope, rather than for an element of the platform such as `div`. */
export function isComponentName(name: string): boolean {
  const first = name.charCodeAt(0);
  return !(first >= 97 && first <= 122) && !name.includes('-');
}
