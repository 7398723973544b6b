import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, posix, resolve, win32 } from 'node:path';
import { makeFolder } from '../../cache/make-folder.ts';
import { writeWhole } from '../../cache/write-file.ts';
import { type ImageAtHand, type ImagePick, isSameImage, labelOf } from '../../image/at-hand/image-at-hand.ts';
import { isObject } from '../../image/json.ts';
import type { Host } from '../../sources/host.ts';

const MOST_RECENT = 50;
const LONGEST_REFERENCE = 4096;
const LARGEST_FILE_BYTES = 1024 * 1024;

/**
 * The folder for what is remembered between runs: `fathom` in the user's folder for state. The XDG Base Directory Specification says to ignore
 * a relative XDG_STATE_HOME; macOS and Windows have other folders.
 */
export function stateFolderOf({ environment, homeFolder, system }: Host): string {
	const { join, isAbsolute } = system === 'win32' ? win32 : posix;
	const { XDG_STATE_HOME, LOCALAPPDATA } = environment;
	if (XDG_STATE_HOME && isAbsolute(XDG_STATE_HOME)) return join(XDG_STATE_HOME, 'fathom');
	if (system === 'darwin') return join(homeFolder, 'Library', 'Application Support', 'fathom');
	if (system === 'win32')
		return join(LOCALAPPDATA || join(homeFolder, 'AppData', 'Local'), 'fathom', 'state');
	return join(homeFolder, '.local', 'state', 'fathom');
}

/** The images that were opened last, the latest first; none where nothing is remembered, or the file is damaged. */
export function recentImages(host: Host): readonly ImageAtHand[] {
	try {
		const path = fileOf(host);
		if (statSync(path).size > LARGEST_FILE_BYTES) return [];
		const document: unknown = JSON.parse(readFileSync(path, 'utf8'));
		const listed = isObject(document) && Array.isArray(document.images) ? document.images : [];
		return listed.flatMap(parseRecent).slice(0, MOST_RECENT);
	} catch {
		return [];
	}
}

/** Remembers that an image was opened: how it is named and when, and nothing that is in it. That it cannot be remembered is no failure. */
export function rememberImage(image: RecentName, host: Host, seconds: number): void {
	const { pick } = image;
	const name: RecentName = { reference: lastingReference(image.reference, host), ...(pick && { pick }) };
	if (name.reference.length > LONGEST_REFERENCE) return;
	const others = recentImages(host).filter((each) => !isSameImage(each, name));
	const images = [{ ...name, seconds }, ...others].slice(0, MOST_RECENT).map((each) => ({
		reference: each.reference,
		...(each.pick?.imageName && { image: each.pick.imageName }),
		...(each.pick?.platform && { platform: each.pick.platform }),
		seconds: each.seconds,
	}));
	try {
		const path = fileOf(host);
		makeFolder(dirname(path));
		writeWhole(path, [Buffer.from(`${JSON.stringify({ version: 1, images })}\n`)]);
	} catch {
		// A home that cannot be written to is no reason to stop.
	}
}

type RecentName = Pick<ImageAtHand, 'reference' | 'pick'>;

function fileOf(host: Host): string {
	return resolve(stateFolderOf(host), 'recent.json');
}

/** A path means something else in another folder. */
function lastingReference(reference: string, { currentFolder }: Host): string {
	const path = resolve(currentFolder, reference);
	return existsSync(path) ? path : reference;
}

function parseRecent(value: unknown): readonly ImageAtHand[] {
	if (!isObject(value)) return [];
	const { reference, seconds } = value;
	if (typeof reference !== 'string' || reference === '' || reference.length > LONGEST_REFERENCE) return [];
	const known = typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : null;
	const pick = parsePick(value.image, value.platform);
	const name = { reference, ...(pick !== null && { pick }) };
	return [{ ...name, name: labelOf(name), place: 'recent', bytes: null, seconds: known }];
}

/** Which image of the place; null where that is left open, or makes no sense. */
function parsePick(image: unknown, platform: unknown): ImagePick | null {
	const text = (value: unknown): string | null =>
		typeof value === 'string' && value !== '' && value.length <= LONGEST_REFERENCE ? value : null;
	const pick = { imageName: text(image), platform: text(platform) };
	const isPlatform = pick.platform === null || /^[^/]+\/[^/]+(?:\/[^/]+)?$/.test(pick.platform);
	if (!isPlatform) return { ...pick, platform: null };
	return pick.imageName === null && pick.platform === null ? null : pick;
}
