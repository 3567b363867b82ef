export type AreaTexts = { [key: string]: string | AreaTexts };

/** The texts of all areas in one tree; each file's root keys are its own. */
export function mergeTexts(files: Record<string, AreaTexts>): AreaTexts {
  return Object.assign({}, ...Object.values(files)) as AreaTexts;
}
