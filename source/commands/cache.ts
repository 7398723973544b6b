import { statSync } from 'node:fs';
import { cacheFolderOf } from '../cache/cache-folder.ts';
import { wordCacheError } from '../cache/cache-warning.ts';
import { type CachedFile, cachedFiles } from '../cache/cached-files.ts';
import { describeCached } from '../cache/describe-cached.ts';
import { distrust } from '../cache/folder-trust.ts';
import { type CacheLimits, type Pruned, prune, pruneAll } from '../cache/prune.ts';
import { FathomError } from '../errors.ts';
import { formatSections } from '../report/text/report.ts';
import type { FlagTexts } from '../settings/flags.ts';
import { type Parsed, parseAge, parseLimit } from '../settings/limits.ts';
import type { Settings } from '../settings/settings.ts';
import { formatBytes, formatCount } from '../text/bytes.ts';
import { escapeForTerminal } from '../text/escape.ts';
import { formatTable, type TableLayout } from '../text/table.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { cacheLimitsOf } from './open-cache.ts';

/** Lists the contents of the cache. Throws `unreadable` or `denied`. */
export async function cache({ settings, host, layout, output }: CommandContext): Promise<CommandResult> {
	const folder = cacheFolderOf(host);
	const files = inFolder(folder, host.userId, () => cachedFiles(folder)) ?? [];
	const table = files.length === 0 ? [] : fileTable(files, layout);
	const sections = [[escapeForTerminal(folder)], table, [totalLine(files, settings)]];
	await output.write(Buffer.from(formatSections(sections, layout)));
	return 0;
}

/** Removes what the flags say, or else the settings. Throws `usage`, `unreadable` or `denied`. */
export async function cachePrune({
	settings,
	flags,
	host,
	output,
	layout,
}: CommandContext): Promise<CommandResult> {
	const folder = cacheFolderOf(host);
	const limits = limitsOf(flags, settings);
	const isAll = flags.get('all') === 'true';
	const now = Date.now();
	const pruned = inFolder(folder, host.userId, () =>
		isAll ? pruneAll(folder, now) : prune(folder, limits, now),
	);
	await output.write(Buffer.from(formatSections([[prunedLine(folder, pruned)]], layout)));
	return 0;
}

/** Null where there is no folder. A folder that others can change is neither listed nor pruned: its links may lead anywhere. */
function inFolder<T>(folder: string, userId: number | null, work: () => T): T | null {
	try {
		if (statSync(folder, { throwIfNoEntry: false }) === undefined) return null;
		const warning = distrust(folder, userId);
		if (warning === null) return work();
		throw new FathomError({
			code: 'denied',
			message: `${warning.example ?? folder}: ${warning.message}`,
			hint: 'Set FATHOM_CACHE_DIR to use another folder.',
		});
	} catch (cause) {
		if (cause instanceof FathomError) throw cause;
		throw new FathomError({
			code: 'unreadable',
			message: `${folder}: ${wordCacheError(cause)}.`,
			hint: 'Set FATHOM_CACHE_DIR to use another folder.',
			cause,
		});
	}
}

function fileTable(files: readonly CachedFile[], layout: TableLayout): readonly string[] {
	const columns = [
		{ header: 'what', cut: 'middle' },
		{ header: 'files', align: 'right' },
		{ header: 'size', align: 'right' },
		{ header: 'last used' },
	] as const;
	const rows = describeCached(files).map(({ what, files: count, bytes, usedAt }) => [
		escapeForTerminal(what),
		formatCount(count),
		formatBytes(bytes),
		new Date(usedAt).toISOString().slice(0, 10),
	]);
	return formatTable(columns, rows, layout);
}

function totalLine(files: readonly CachedFile[], { cacheBytes, cacheSeconds }: Settings): string {
	if (files.length === 0) return 'The cache is empty.';
	const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
	const limit = cacheBytes === null ? '' : ` of at most ${formatBytes(cacheBytes)}`;
	const age = cacheSeconds === null ? '' : ` Files unused for ${formatAge(cacheSeconds)} are removed.`;
	return `${countFiles(files.length)}, ${formatBytes(bytes)}${limit}.${age}`;
}

function prunedLine(folder: string, pruned: Pruned | null): string {
	const { removedFiles = 0, removedBytes = 0, remainingFiles = 0, remainingBytes = 0 } = pruned ?? {};
	const removed = countWithBytes(removedFiles, removedBytes);
	return `Removed ${removed}; ${countWithBytes(remainingFiles, remainingBytes)} left in ${escapeForTerminal(folder)}.`;
}

function countWithBytes(files: number, bytes: number): string {
	return files === 0 ? 'no files' : `${countFiles(files)} (${formatBytes(bytes)})`;
}

function countFiles(count: number): string {
	return `${formatCount(count)} ${count === 1 ? 'file' : 'files'}`;
}

function formatAge(seconds: number): string {
	const [count, unit] = seconds % 86_400 === 0 ? [seconds / 86_400, 'day'] : [seconds / 3600, 'hour'];
	return `${formatCount(count)} ${unit}${count === 1 ? '' : 's'}`;
}

function limitsOf(flags: FlagTexts, settings: Settings): CacheLimits {
	const bytes = readFlag(flags, 'max-size', (text) => parseLimit('bytes', text));
	const seconds = readFlag(flags, 'older-than', parseAge);
	return {
		...cacheLimitsOf(settings),
		...(bytes !== undefined && { maximumBytes: bytes }),
		...(seconds !== undefined && { maximumAgeSeconds: seconds }),
	};
}

/** Undefined where the flag is not given. Throws `usage`. */
function readFlag(
	flags: FlagTexts,
	name: string,
	parse: (text: string) => Parsed<number | null>,
): number | null | undefined {
	const text = flags.get(name);
	if (text === undefined) return undefined;
	const parsed = parse(text);
	if (parsed.ok) return parsed.value;
	throw new FathomError({
		code: 'usage',
		message: `--${name}: expected ${parsed.expected}, got ${JSON.stringify(text)}.`,
	});
}
