import type { ImageDifference } from '../../diff/image-difference.ts';
import type { UnknownFact } from '../../diff/unknown-facts.ts';

const names: Readonly<Record<UnknownFact, string>> = {
	xattrs: 'extended attributes',
	healthcheck: 'health check',
	shell: 'shell',
	onBuild: 'ONBUILD',
};

/** Says what of one image is not known and so was not compared; null where all is known. */
export function notKnown({ unknown }: Pick<ImageDifference, 'unknown'>, side: 0 | 1): string | null {
	const facts = [...unknown[side]].map((fact) => names[fact]);
	return facts.length === 0
		? null
		: `not known: ${facts.join(', ')}, because it is a report of an older fathom.`;
}
