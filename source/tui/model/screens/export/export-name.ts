import { nameOfImage } from '../../../../image/image.ts';
import type { Subject } from '../../subject.ts';

/** A hostile name still has an end. */
const LONGEST_NAME = 60;

/** What one or two images are called in the name of a file, such as `orders` or `old-new`. */
export function exportName(subject: Subject): string {
	if (subject.kind === 'image') return fileName(lastPart(nameOfImage(subject)));
	const [older, newer] = subject.images.map(({ reference }) => reference);
	const names = [older, newer].map((name) => fileName(lastPart(name)));
	// Two images of one name have their tags as well.
	const told = names[0] === names[1] ? [older, newer].map((name) => fileName(nameWithTag(name))) : names;
	return [...new Set(told)].join('-');
}

/** The name without the folder or repository that it is in, and without its tag. */
function lastPart(name: string): string {
	return nameWithTag(name).split(/[:@]/)[0];
}

function nameWithTag(name: string): string {
	return name.replace(/\/+$/, '').split('/').at(-1) ?? '';
}

/** Without what is no part of a plain name of a file. */
function fileName(name: string): string {
	const safe = name
		.replace(/\.(?:tar|tgz|zst|gz)$/gi, '')
		.slice(0, LONGEST_NAME)
		.replace(/[^\w.-]+/g, '-')
		.replace(/^[.-]+|[.-]+$/g, '');
	return safe === '' ? 'image' : safe;
}
