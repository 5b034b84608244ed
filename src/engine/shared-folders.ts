/** How many folders from the top two files have in common. */
export function sharedFolders(left: string, right: string): number {
  const [a, b] = [left.split('/').slice(0, -1), right.split('/').slice(0, -1)];
  const end = a.findIndex((name, i) => name !== b[i]);
  return end < 0 ? a.length : end;
}
