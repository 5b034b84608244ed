export interface ModelFixture {
  readonly folder: string;
  readonly name: string;
  readonly majors: string;
  readonly text: string;
}

export function modelsTable(fixtures: readonly ModelFixture[]): string;
export function readFixtures(folders: readonly string[], read: (path: string) => string): ModelFixture[];
