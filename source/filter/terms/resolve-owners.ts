import { GROUP_PATH, type OwnerNames, PASSWD_PATH } from '../../filetree/words/owner-names.ts';
import type { OwnerId, ParsedFilter, Term } from './terms.ts';

/** Whether a term names an owner, so that the names of the image are needed. */
export function hasOwnerNames(terms: readonly Term[]): boolean {
	return terms.some(
		(term) => term.kind === 'owner' && (typeof term.uid === 'string' || typeof term.gid === 'string'),
	);
}

/** The terms with the numbers of the owners that they name. `names`: null where they are not known yet. */
export function resolveOwners(terms: readonly Term[], names: OwnerNames | null): ParsedFilter {
	const resolved: Term[] = [];
	for (const term of terms) {
		if (term.kind !== 'owner' || !hasOwnerNames([term])) {
			resolved.push(term);
			continue;
		}
		if (names === null) return { ok: false, problem: 'the names of owners are not read yet' };
		const uid = numberOf(term.uid, names.users);
		const gid = numberOf(term.gid, names.groups);
		if (uid === undefined) return { ok: false, problem: `owner: ${PASSWD_PATH} has no user ${term.uid}` };
		if (gid === undefined) return { ok: false, problem: `owner: ${GROUP_PATH} has no group ${term.gid}` };
		resolved.push({ ...term, uid, gid });
	}
	return { ok: true, terms: resolved };
}

/** Undefined for a name that is not there. */
function numberOf(wanted: OwnerId, names: ReadonlyMap<number, string>): number | null | undefined {
	if (typeof wanted !== 'string') return wanted;
	for (const [id, name] of names) if (name === wanted) return id;
	return undefined;
}
