import { FathomError } from '../../../errors.ts';
import { type ImageReference, parseReference, registryOf } from '../../../image/reference.ts';
import type { RegistriesConfig } from './registries-config.ts';

/** A full name that a text may stand for. */
export interface FullName {
	readonly reference: ImageReference;
	/** What made it of a short name: `the alias fedora in /etc/containers/registries.conf.d/shortnames.conf`; null for a full name. */
	readonly why: string | null;
}

/**
 * The full names for the name of an image, to be tried in this order (containers-registries.conf(5), "Short-Name Aliasing"): the alias of
 * a short name, else its name in each of the registries in which to search, else the one on Docker Hub. Throws `usage` for an invalid name,
 * and for one that may be in several registries where the files want the user to choose.
 */
export function fullNames(text: string, config: RegistriesConfig): readonly FullName[] {
	const written = parseReference(text);
	if (registryOf(text) !== null) return [{ reference: written, why: null }];
	const [, short] = /^([^:@]*)/.exec(text) ?? [];
	const alias = config.aliases.get(short ?? '');
	if (alias?.name) {
		const reference = parseReference(alias.name + text.slice(short?.length));
		return [{ reference, why: `the alias ${short} in ${alias.origin}` }];
	}
	const { search, shortNameMode } = config;
	if (search === null || search.registries.length === 0) return [{ reference: written, why: null }];
	const { registries, origin } = search;
	if (shortNameMode === 'enforcing' && registries.length > 1) throw ambiguous(text, registries, origin);
	const why = `unqualified-search-registries in ${origin}`;
	return registries.map((registry) => ({ reference: parseReference(`${registry}/${text}`), why }));
}

function ambiguous(text: string, registries: readonly string[], origin: string): FathomError {
	return new FathomError({
		code: 'usage',
		message: `${text} may be in ${registries.join(', ')}, and ${origin} does not allow fathom to choose (short-name-mode).`,
		hint: `Write the full name: ${registries[0]}/${text}`,
	});
}
