/** What cruft writes; no template does. */
export const CRUFT_RECORD = '.cruft.json';

/** The names of such records, at the top of a project or in the folder that templates give the files of Copier. */
export function isRecordName(path: string): boolean {
  return path === CRUFT_RECORD || /^(?:\.copier\/)?\.copier-answers(?:\.[\w.-]+)?\.ya?ml$/.test(path);
}

/** Where a record of another tool is that a project has at its most common places. */
export const USUAL_RECORDS = ['.copier-answers.yml', '.copier-answers.yaml', '.copier/.copier-answers.yml', CRUFT_RECORD] as const;
