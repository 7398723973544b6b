import { findFindings } from '../../../source/analysis/findings/find-findings.ts';
import type { Finding, FindingInput } from '../../../source/analysis/findings/finding.ts';
import { workOutPackages } from '../../../source/analysis/packages/packages.ts';
import { pathOf } from '../../../source/filetree/paths.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { finish } from '../../../source/steps.ts';
import type { TarEntry } from '../archives/tar-entry.ts';
import { dockerArchive } from '../archives/write-archive.ts';
import { fromFile } from '../load-layers.ts';

/** An image of some layers, each with the instruction that made it. */
export interface InstructedImage {
	readonly layers: readonly { readonly by: string; readonly entries: readonly TarEntry[] }[];
	/** Of the config: `User`, `Env` and so on. */
	readonly config?: Readonly<Record<string, unknown>>;
	/** Goes over the history that the layers give. */
	readonly history?: readonly Readonly<Record<string, unknown>>[];
	/** Layers of a base that the user names. */
	readonly baseLayers?: number;
	readonly os?: string;
	/** Whether contents are read. */
	readonly withPackages?: boolean;
}

/** What is found in an image that a `docker save` archive holds. */
export async function findingsOf(image: InstructedImage): Promise<readonly SeenFinding[]> {
	const { layers, config, baseLayers, os, withPackages = false } = image;
	const history = image.history ?? layers.map(({ by }) => ({ created_by: by }));
	const archive = dockerArchive([
		{
			layers: layers.map(({ entries }) => entries),
			config: { history, ...(config && { config }) },
			...(os && { os }),
		},
	]);
	let seen: readonly SeenFinding[] = [];
	const base = baseLayers === undefined ? {} : { base: { kind: 'layers' as const, count: baseLayers } };
	await fromFile(archive, base, async (session) => {
		seen = await findingsOfSession(session, withPackages);
		await session.close();
	});
	return seen;
}

/** A finding with its places as text: `/var/log 3 1200` for three files of 1200 bytes there. */
export interface SeenFinding extends Omit<Finding, 'places'> {
	readonly places: readonly string[];
}

export async function findingsOfSession(
	session: ImageSession,
	withPackages: boolean,
): Promise<readonly SeenFinding[]> {
	const { tree, image, figures, recorded } = session;
	const packages = withPackages
		? finish(workOutPackages(tree, (await session.facts.ask(['packages'])).packages))
		: null;
	const input: FindingInput = {
		tree,
		description: image.description,
		recorded,
		base: figures.base,
		packages,
		executables: null,
	};
	return finish(findFindings(input)).findings.map((finding) => ({
		...finding,
		places: finding.places.map(({ node, files, bytes }) => `/${pathOf(tree, node)} ${files} ${bytes}`),
	}));
}
