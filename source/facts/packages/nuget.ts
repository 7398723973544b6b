import { FactError, type FactReader, type LayerFile } from '../fact-reader.ts';
import { isObject, type JsonObject, opensObject, parseJsonObject, shortText } from '../json-document.ts';
import { gatherFile } from '../whole-file.ts';
import type { PackageFact, PackageRecord } from './package-facts.ts';
import { PathListWriter } from './path-list-writer.ts';

/** Those of the largest applications have some hundred kilobytes. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_PATH_BYTES = 16 * 1024 * 1024;

/** Reads what a .NET application or a shared framework consists of (dotnet/runtime, docs/design/features/host-components.md). */
export const nugetReader: FactReader<PackageFact> = {
	name: 'nuget',
	fileNames: ['.json'],
	open: (file) =>
		file.path.endsWith('.deps.json')
			? gatherFile(file, {
					mostBytes: MOST_BYTES,
					magicBytes: 64,
					hasMagic: opensObject,
					parse: (content) => parseDepsJson(content, file),
				})
			: null,
};

/** The packages of a `.deps.json`; null where it has no libraries, so that it is another kind of file. */
export function parseDepsJson(content: Uint8Array, { path }: Pick<LayerFile, 'path'>): PackageFact | null {
	const { runtimeTarget, targets, libraries } = parseJsonObject(content);
	if (!isObject(libraries)) return null;
	const target = targetOf(runtimeTarget, targets);
	const folder = Buffer.from(path.slice(0, path.lastIndexOf('/') + 1), 'latin1');
	const paths = new PathListWriter(MOST_PATH_BYTES);
	const packages = Object.entries(libraries).flatMap(([key, library]) => {
		if (!isObject(library) || !isPackage(library)) return [];
		const assets = Object.hasOwn(target, key) ? target[key] : null;
		return [packageOf(key, isObject(assets) ? assets : {}, { folder, paths })];
	});
	return { kind: 'packages', packages };
}

/** A self-contained application has the runtime as a package of its own kind. Projects are not packages. */
function isPackage({ type }: JsonObject): boolean {
	return type === 'package' || type === 'runtimepack';
}

/** What is laid out for the runtime that the application is published for. */
function targetOf(runtimeTarget: unknown, targets: unknown): JsonObject {
	if (!isObject(targets)) return {};
	const name = isObject(runtimeTarget) ? shortText(runtimeTarget.name) : shortText(runtimeTarget);
	const target = name !== null && Object.hasOwn(targets, name) ? targets[name] : Object.values(targets)[0];
	return isObject(target) ? target : {};
}

interface Place {
	readonly folder: Uint8Array;
	readonly paths: PathListWriter;
}

function packageOf(key: string, assets: JsonObject, { folder, paths }: Place): PackageRecord {
	const [name, version, ...rest] = (shortText(key) ?? '').replace(/^runtimepack\./, '').split('/');
	if (!name || !version || rest.length > 0) throw new FactError('a library whose key is not NAME/VERSION');
	for (const file of filesOf(assets).filter(isBelow)) paths.add(folder, Buffer.from(file));
	const list = paths.take();
	return {
		type: 'nuget',
		name,
		version,
		architecture: null,
		source: null,
		dependsOn: entriesOf(assets.dependencies).map(([needed]) => [needed]),
		provides: [],
		claim: list.length > 0 ? { kind: 'paths', paths: list } : { kind: 'none' },
	};
}

/**
 * Where publishing puts the files of a package, from the folder of the `.deps.json`: those for one runtime beside it, translations in a
 * folder of their language, and those for several runtimes as they lie in the package.
 */
function filesOf(assets: JsonObject): readonly string[] {
	return [
		...[assets.runtime, assets.native]
			.flatMap(entriesOf)
			.map(([path, about]) => localPath(about) ?? nameOf(path)),
		...entriesOf(assets.resources).map(([path, about]) => {
			const locale = isObject(about) ? shortText(about.locale) : null;
			return localPath(about) ?? (locale === null ? nameOf(path) : `${locale}/${nameOf(path)}`);
		}),
		...entriesOf(assets.runtimeTargets).map(([path, about]) => localPath(about) ?? path),
	];
}

/** Paths that lead out of the folder, or that no file can have, are nobody's. */
function isBelow(path: string): boolean {
	return !path.includes('\0') && !path.split('/').includes('..');
}

/** Newer SDKs say it where it is another. */
function localPath(about: unknown): string | null {
	return isObject(about) ? shortText(about.localPath) : null;
}

/** `_._` stands for no file. */
function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
	if (!isObject(value)) return [];
	return Object.entries(value).filter(([key]) => shortText(key) !== null && nameOf(key) !== '_._');
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}
