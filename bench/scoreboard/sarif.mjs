import { isAbsolute, relative } from 'node:path';

/** Results of a SARIF log: `{ file, line, end, rule }`, files relative to the folder that was scanned. */
export function readSarif(text, folder) {
  return JSON.parse(text).runs.flatMap((run) =>
    (run.results ?? []).flatMap(({ ruleId, ruleIndex, locations = [] }) => {
      const place = locations[0]?.physicalLocation;
      if (!place?.artifactLocation?.uri) return [];
      const line = place.region?.startLine ?? 1;
      const rule = ruleId ?? run.tool.driver.rules?.[ruleIndex]?.id;
      return [{ file: pathOf(place.artifactLocation.uri, folder), line, end: place.region?.endLine ?? line, rule }];
    }),
  );
}

function pathOf(uri, folder) {
  const path = decodeURIComponent(uri.replace(/^file:\/\//, '').replaceAll('%(?![0-9a-fA-F]{2})', '%25'));
  return (isAbsolute(path) ? relative(folder, path) : path).replaceAll('\\', '/').replace(/^\.\//, '');
}
