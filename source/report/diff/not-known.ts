import type { ImageDifference } from '../../diff/image-difference.ts';
import type { UnknownFact } from '../../diff/unknown-facts.ts';

const names: Readonly<Record<UnknownFact, string>> = {
	xattrs: 'extended attributes',
	healthcheck: 'health check',
	shell: 'shell',
	onBuild: 'ONBUILD',
	osVersion: 'OS version',
	osFeatures: 'OS features',
};

/** Says what could not be compared because a report of an older fathom does not have it: a sentence for each image. */
export function notKnown({ unknown }: Pick<ImageDifference, 'unknown'>): readonly string[] {
	return unknown.flatMap((facts, side) => {
		const known = [...facts].map((fact) => names[fact]).join(', ');
		return known === ''
			? []
			: [
					`Not known of the ${side === 0 ? 'old' : 'new'} image: ${known}. It is a report of an older fathom.`,
				];
	});
}
