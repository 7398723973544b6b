import { secretRules } from '../../facts/secrets/rules/rules.ts';
import type { FoundSecret } from '../../facts/secrets/secret-facts.ts';

/** What a secret looks like, in a few words. */
export function secretTitle({ kind }: Pick<FoundSecret, 'kind'>): string {
	return secretRules[kind].title;
}
