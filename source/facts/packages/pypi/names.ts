/** PEP 503: a name as it is compared. */
export function normalizeName(name: string): string {
	return name.replace(/[-_.]+/g, '-').toLowerCase();
}

/** What a requirement needs, or null where it is for an extra alone, which nobody need have asked for (PEP 508). */
export function parseRequirement(requirement: string): string | null {
	const name = /^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(requirement)?.[0];
	const marker = requirement.slice(requirement.indexOf(';') + 1 || requirement.length);
	return name === undefined || /\bextra\b/.test(marker) ? null : normalizeName(name);
}
