import { baseExplanations } from './base.ts';
import { executableExplanations } from './executables.ts';
import type { Explanation } from './explanation.ts';
import { leftoverExplanations } from './leftovers.ts';
import { riskExplanations } from './risks.ts';
import { wasteExplanations } from './waste.ts';

/** Every code that a rule may find, by topic. A code that is missing here does not compile; docs/findings.md has a row for each. */
export const explanations = [
	...wasteExplanations,
	...leftoverExplanations,
	...riskExplanations,
	...executableExplanations,
	...baseExplanations,
] as const satisfies readonly Explanation[];

/** Stable: settings, gates and documents name it. */
export type FindingCode = (typeof explanations)[number]['code'];

/** What is said of a code; undefined for a word that is not a code. */
export function explanationOf(code: string): (Explanation & { readonly code: FindingCode }) | undefined {
	return explanations.find((explanation) => explanation.code === code);
}
