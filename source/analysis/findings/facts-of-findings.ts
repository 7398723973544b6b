import type { FactGroup } from '../../tar/changeset.ts';

/** What rules know from the contents of files. */
export const factsOfFindings: readonly FactGroup[] = ['packages', 'executables'];
