import type { Both } from '../../../diff/merge/merge-structure.ts';
import { absentLayers, nameLayers } from '../../../image/image.ts';
import { formatPlatform } from '../../../image/platform.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { formatTable, type TableLayout } from '../../../text/table.ts';
import { sourceName } from '../../text/figures.ts';
import type { ComparedReportable } from '../compared.ts';

/** The names of both images as the user gave them; with their platforms where only those tell them apart. Safe for a terminal. */
export function titlesOf(images: Both<ComparedReportable>): Both<string> {
	const platforms = images.map(
		({ image: { description } }) => description.platform && formatPlatform(description.platform),
	);
	const areAlike = images[0].image.reference === images[1].image.reference && platforms[0] !== platforms[1];
	const titleOf = (side: 0 | 1): string => {
		const suffix = areAlike && platforms[side] !== null ? ` (${platforms[side]})` : '';
		return escapeForTerminal(`${images[side].image.reference}${suffix}`);
	};
	return [titleOf(0), titleOf(1)];
}

/** Both names, and below them what else identifies each image. */
export function titleSection(images: Both<ComparedReportable>, layout: TableLayout): string[] {
	const [older, newer] = titlesOf(images);
	const rows = images.map((image, side) => [side === 0 ? 'old' : 'new', factsOf(image)]);
	return [
		layout.paint('heading', `${older} -> ${newer}`),
		...formatTable([{}, { cut: 'end' }], rows, layout),
	];
}

function factsOf({ image }: ComparedReportable): string {
	const { names, platform, created, manifestDigest, configDigest } = image.description;
	const [name] = names;
	const absent = absentLayers(image.description);
	const facts = [
		name === undefined || image.reference.endsWith(name) ? null : name,
		// A report tells where its image was found, and that may be gone.
		image.sourceKind === 'report' ? sourceName('report') : (image.foundIn ?? sourceName(image.sourceKind)),
		platform && formatPlatform(platform),
		absent.length === 0 ? null : `without ${nameLayers(absent)}`,
		created && `created ${created}`,
		manifestDigest ?? configDigest,
	];
	return escapeForTerminal(facts.filter((fact) => fact !== null).join(', '));
}
