import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FindingChange } from '../../../source/analysis/findings/compare-findings.ts';
import type { KnownFinding } from '../../../source/analysis/findings/known-findings.ts';
import { findingChanges } from '../../../source/commands/pair/finding-changes.ts';
import type { ImageDifference } from '../../../source/diff/image-difference.ts';
import type { Both } from '../../../source/diff/merge/merge-structure.ts';
import type { PackageComparison } from '../../../source/diff/packages/compared-packages.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { comparePackagesOf } from '../../../source/session/pair/compare-packages.ts';
import { compareImages } from '../../../source/session/pair/image-pair.ts';
import { dockerArchive, type TestImage } from '../archives/write-archive.ts';
import { loadImage } from '../load-image.ts';

export interface ComparedImages {
	readonly images: Both<ImageSession>;
	readonly difference: ImageDifference;
	readonly packages: PackageComparison;
	/** Null is for saved reports. */
	readonly findings: readonly FindingChange<KnownFinding>[] | null;
}

/** Compares two images from archives that are there while contents are read. */
export async function compareArchived(older: TestImage, newer: TestImage): Promise<ComparedImages> {
	const folder = await mkdtemp(join(tmpdir(), 'fathom-test-'));
	const paths: Both<string> = [join(folder, 'old.tar'), join(folder, 'new.tar')];
	try {
		await writeFile(paths[0], dockerArchive([older]));
		await writeFile(paths[1], dockerArchive([newer]));
		const images: Both<ImageSession> = [await loadImage(paths[0]), await loadImage(paths[1])];
		const difference = await compareImages(images);
		const packages = await comparePackagesOf(images, difference);
		const findings = await findingChanges(images, new AbortController().signal);
		await Promise.all(images.map((image) => image.close()));
		return { images, difference, packages, findings };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
