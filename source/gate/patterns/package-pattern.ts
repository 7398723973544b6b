import type { OwnedPackage } from '../../analysis/packages/packages.ts';
import { packageTypes } from '../../facts/packages/package-facts.ts';

const PREFIX = 'pkg:';

/** Whether a pattern is about packages: `pkg:`, then a glob of package URLs without versions. */
export function isPackagePattern(pattern: string): boolean {
	return pattern.startsWith(PREFIX);
}

/** The glob of a pattern that is about packages. */
export function packageGlob(pattern: string): string {
	return pattern.slice(PREFIX.length);
}

/** What is wrong with a pattern that is about packages, without a full stop; null where nothing is. No package is of a type that nobody knows. */
export function packagePatternFault(pattern: string): string | null {
	const [type] = packageGlob(pattern).split('/');
	const isKnown = /[*?[{\\]/.test(type) || packageTypes.some((each) => each === type);
	return isKnown
		? null
		: `behind pkg: is a type of packages and a slash; types are ${packageTypes.join(', ')}`;
}

/**
 * What a package is called, in the form of paths: `npm/@types/node`, and with the namespace of its package URL where that has one of its own, as in
 * `deb/debian/perl`.
 */
export function packageNames({
	type,
	name,
	purl,
}: Pick<OwnedPackage, 'type' | 'name' | 'purl'>): readonly string[] {
	const plain = `${type}/${name}`;
	const [, path = ''] = /^pkg:([^?#]*?)(?:@[^@/?#]*)?(?:[?#]|$)/.exec(purl) ?? [];
	const named = decoded(path);
	return named === '' || named === plain ? [plain] : [plain, named];
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
