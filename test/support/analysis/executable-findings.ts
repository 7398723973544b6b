import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { findFindings } from '../../../source/analysis/findings/find-findings.ts';
import type { Finding } from '../../../source/analysis/findings/finding.ts';
import { pathOf } from '../../../source/filetree/paths.ts';
import { finish } from '../../../source/steps.ts';
import { dockerArchive, type TestImage } from '../archives/write-archive.ts';
import { loadImage } from '../load-image.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** A finding with the paths of its places. */
export interface FoundOfTest extends Finding {
	readonly paths: readonly string[];
}

/** What is found of an image, with what was read from its contents, or without. */
export async function findingsOf(
	t: TestContext,
	image: TestImage,
	{ withContents = true } = {},
): Promise<readonly FoundOfTest[]> {
	const path = join(await temporaryFolder(t), 'image.tar');
	await writeFile(path, dockerArchive([image]));
	const session = await loadImage(path);
	const { tree, figures, details } = session;
	const { description } = session.image;
	const packages = withContents ? await details.packages() : null;
	const executables = withContents ? await details.executables() : null;
	const { recorded } = session;
	const input = { tree, description, recorded, base: figures.base, packages, executables };
	const { findings } = finish(findFindings(input, []));
	await session.close();
	return findings.map((finding) => ({
		...finding,
		paths: finding.places.map(({ node }) => pathOf(tree, node)),
	}));
}
