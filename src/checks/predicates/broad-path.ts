/** What a path stands for where it is more than a project: the whole disk, a home folder, a drive. Undefined for anything narrower. */
export function broadPath(text: string): 'root' | 'home' | 'drive' | undefined {
  const path = text
    .trim()
    .replace(/^file:\/\//, '')
    .replace(/(?<=.)[\\/]+\*{1,2}$/, '')
    .replace(/(?<=[^\\/])[\\/]+\.?$/, '');
  if (/^(?:[\\/]+|[\\/]\*{1,2})$/.test(path)) return 'root';
  if (/^(?:[A-Za-z]:[\\/]*|[\\/]mnt[\\/][a-z]|[\\/][a-z]|[\\/]Volumes)$/.test(path)) return 'drive';
  if (
    /^(?:~|\$HOME|\$\{(?:env:)?HOME\}|\$\{userHome\}|%USERPROFILE%|%HOME%|\$env:USERPROFILE|\$\{(?:env:)?USERPROFILE\})$/i.test(
      path,
    )
  ) {
    return 'home';
  }
  if (/^[\\/](?:home|Users|root)$/.test(path)) return 'home';
  if (/^(?:[A-Za-z]:)?[\\/]{1,2}(?:home|Users)[\\/]{1,2}[^\\/]+$/i.test(path)) return 'home';
  return undefined;
}
