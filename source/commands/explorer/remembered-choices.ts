import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { makeFolder } from '../../cache/make-folder.ts';
import { writeWhole } from '../../cache/write-file.ts';
import { messageOf } from '../../errors.ts';
import { isObject } from '../../image/json.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Host } from '../../sources/host.ts';
import { type Choices, nothingRemembered, type Remembered } from '../../tui/model/remembered/remembered.ts';
import type { CommandContext } from '../command.ts';
import { stateFolderOf } from '../home/recent-images.ts';

const LARGEST_FILE_BYTES = 64 * 1024;
const MOST_VIEWS = 50;
const MOST_CHOICES = 20;
const LONGEST_TEXT = 50;

/** What the user chose in the explorer the last time; nothing where the user lets fathom keep nothing, or the file is damaged. */
export function rememberedChoices(host: Host, { cache }: Pick<Settings, 'cache'>): Remembered {
	if (!cache) return nothingRemembered;
	try {
		const path = fileOf(host);
		if (statSync(path).size > LARGEST_FILE_BYTES) return nothingRemembered;
		return parseChoices(JSON.parse(readFileSync(path, 'utf8')));
	} catch {
		return nothingRemembered;
	}
}

/** Remembers what the user chose in the explorer, and nothing of an image. That it cannot be remembered is told to who asks for details. */
export function rememberChoices(
	{ isMouseOn, isWrapped, views }: Remembered,
	host: Host,
	onNote: CommandContext['onNote'],
): void {
	try {
		const path = fileOf(host);
		makeFolder(dirname(path));
		const text = JSON.stringify({ version: 1, isMouseOn, isWrapped, views }, null, '\t');
		writeWhole(path, [Buffer.from(`${text}\n`)]);
	} catch (error) {
		onNote({
			kind: 'detail',
			message: `What was chosen in the explorer is not remembered: ${messageOf(error)}.`,
		});
	}
}

function fileOf(host: Host): string {
	return resolve(stateFolderOf(host), 'explorer.json');
}

function parseChoices(document: unknown): Remembered {
	if (!isObject(document)) return nothingRemembered;
	const { isMouseOn, isWrapped, views } = document;
	const entries = isObject(views) ? Object.entries(views).slice(0, MOST_VIEWS) : [];
	return {
		...(typeof isMouseOn === 'boolean' && { isMouseOn }),
		...(typeof isWrapped === 'boolean' && { isWrapped }),
		views: Object.fromEntries(entries.map(([name, choices]) => [name, parseView(choices)])),
	};
}

function parseView(value: unknown): Choices {
	if (!isObject(value)) return {};
	const entries = Object.entries(value).slice(0, MOST_CHOICES);
	return Object.fromEntries(
		entries.filter((entry): entry is [string, string | number | boolean] => isChoice(entry[1])),
	);
}

function isChoice(value: unknown): boolean {
	if (typeof value === 'string') return value.length <= LONGEST_TEXT;
	return typeof value === 'boolean' || (typeof value === 'number' && Number.isSafeInteger(value));
}
