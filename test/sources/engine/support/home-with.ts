import type { TestContext } from 'node:test';
import { temporaryFolder, writeFiles } from '../../../support/temporary-folder.ts';

/** A home folder with these files; what is not a text is written as JSON. */
export async function homeWith(t: TestContext, files: Readonly<Record<string, unknown>>): Promise<string> {
	const home = await temporaryFolder(t);
	const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
	await writeFiles(
		home,
		new Map(Object.entries(files).map(([path, value]) => [path, Buffer.from(text(value))])),
	);
	return home;
}
