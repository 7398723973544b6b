import type { UnknownFact } from '../../diff/unknown-facts.ts';
import { formatCount } from '../../text/bytes.ts';
import type { DifferenceInput } from './compared.ts';

const names: Readonly<Record<UnknownFact, string>> = {
	xattrs: 'extended attributes',
	healthcheck: 'health check',
	shell: 'shell',
	onBuild: 'ONBUILD',
};

/** Says what could not be compared because a saved report does not have it: a sentence each. Text from the command line may be in it: escape it. */
export function notKnown({ images, difference: { unknown, files } }: DifferenceInput): readonly string[] {
	const facts = images.flatMap(({ image }, side) => {
		const known = [...unknown[side]].map((fact) => names[fact]);
		return known.length === 0
			? []
			: [`Not known: ${known.join(', ')} (${image.reference} is a report of an older fathom).`];
	});
	return files.unknownContents === 0 ? facts : [...facts, unknownContents(files.unknownContents)];
}

function unknownContents(count: number): string {
	const [what, have] = count === 1 ? ['file', 'has'] : ['files', 'have'];
	return `Not known: whether ${formatCount(count)} ${what} of one size in both images ${have} the same content, because a report without digests says nothing of it. fathom report --digests adds them.`;
}
