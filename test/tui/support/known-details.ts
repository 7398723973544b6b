import type { AcceptedFindings } from '../../../source/analysis/findings/image-findings.ts';
import { readOwnerNames } from '../../../source/commands/files/read-owner-names.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import type { Known, KnownDetails } from '../../../source/tui/model/image-details.ts';
import type { OpenedImage } from '../../../source/tui/model/opened-image.ts';
import { dockerArchive, type TestImage } from '../../support/archives/write-archive.ts';
import { loadImage } from '../../support/load-image.ts';
import { fromFile } from '../../support/load-layers.ts';
import { opened } from './scenario.ts';

interface DetailOptions {
	readonly accepted?: readonly AcceptedFindings[];
	readonly copiesFromBytes?: number;
}

/** The sample image with all that is worked out of its contents, as the explorer has it a moment after it is there. */
export async function openSampleWithDetails(options: DetailOptions = {}): Promise<OpenedImage> {
	const path = 'sample/image.tar';
	const session = await loadImage(path);
	try {
		return { ...opened(path, session), details: await detailsOf(session, options) };
	} finally {
		await session.close();
	}
}

/** The same of an image that a test makes. */
export async function openWithDetails(image: TestImage, options: DetailOptions = {}): Promise<OpenedImage> {
	let details: KnownDetails | null = null;
	const session = await fromFile(dockerArchive([image]), {}, async (read) => {
		details = await detailsOf(read, options);
	});
	if (details === null) throw new TypeError('The image was not read.');
	return { ...opened('image.tar', session), details };
}

async function detailsOf(
	{ details, tree, files }: ImageSession,
	{ accepted = [], copiesFromBytes = 4000 }: DetailOptions,
): Promise<KnownDetails> {
	return {
		ledger: known(await details.ledger()),
		findings: known(await details.findings({ withContents: true, accepted })),
		packages: known(await details.packages()),
		secrets: known(await details.secrets()),
		deleted: known(await details.deleted()),
		copies: known(await details.copies(copiesFromBytes)),
		owners: known(await readOwnerNames({ tree, files })),
	};
}

function known<Value>(value: Value): Known<Value> {
	return { kind: 'known', value };
}
