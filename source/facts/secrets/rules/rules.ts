import { fileRules } from './file-rules.ts';
import { keyRules } from './key-rules.ts';
import type { SecretRule } from './rule.ts';
import { tokenRules, urlRules } from './token-rules.ts';

const table = { ...keyRules, ...tokenRules, ...fileRules, ...urlRules } as const;

/** What a secret is of; the names are in reports and in settings, so that they stay. */
export type SecretKind = keyof typeof table;

/** What looks secret, one row a kind; of two kinds in one line the first counts. To add one, add a row, an example of it, and one that only looks like it, in test/facts/secrets/examples.ts. */
export const secretRules: Readonly<Record<SecretKind, SecretRule>> = table;

export const secretKinds = Object.keys(table) as readonly SecretKind[];
