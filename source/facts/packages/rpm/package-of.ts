import { FactError } from '../../fact-reader.ts';
import type { PackageRecord } from '../package-facts.ts';
import type { PathListWriter } from '../path-list-writer.ts';
import { decode, type Header, type Tag, tags } from './header.ts';
import { type Needs, needsOf } from './requirement.ts';

/** How many strings are read in a step. */
const STRINGS_A_STEP = 2048;
const CHARACTERS_A_STEP = 64 * 1024;
/** A kernel provides some tens of thousands of symbols. */
const MOST_NAMES = 200_000;

type PackageSteps = Generator<undefined, PackageRecord | null, undefined>;

/** The package that a header is of; null for a public key, which rpm keeps as if it were one. */
export function* packageOf(header: Header, paths: PathListWriter): PackageSteps {
	const [name, version, release] = [tags.name, tags.version, tags.release].map((tag) => header.text(tag));
	if (name === null || version === null || release === null)
		throw new FactError('a package without a name, version or release');
	if (name === 'gpg-pubkey') return null;
	const epoch = header.number(tags.epoch);
	const provides = yield* namesIn(header, tags.provideName);
	const required = yield* namesIn(header, tags.requireName);
	yield* writePaths(header, paths);
	const source = sourceName(header.text(tags.sourceRpm));
	required.delete(`config(${name})`);
	provides.delete(name);
	return {
		type: 'rpm',
		name,
		version: `${epoch ? `${epoch}:` : ''}${version}-${release}`,
		architecture: header.text(tags.architecture),
		source: source === name ? null : source,
		dependsOn: yield* allNeedsOf(required),
		provides: [...provides],
		claim: { kind: 'paths', paths: paths.take() },
	};
}

/** A name is there once for each version that it is compared with. */
function* namesIn(header: Header, tag: Tag): Generator<undefined, Set<string>, undefined> {
	const names = new Set<string>();
	let count = 0;
	for (const name of header.strings(tag)) {
		names.add(decode(name));
		if (++count > MOST_NAMES) throw new FactError(`a package with more than ${MOST_NAMES} names`);
		if (count % STRINGS_A_STEP === 0) yield;
	}
	return names;
}

function* allNeedsOf(required: ReadonlySet<string>): Generator<undefined, Needs, undefined> {
	const needs: (readonly string[])[] = [];
	let length = 0;
	for (const need of required) {
		if (!need.startsWith('rpmlib(')) needs.push(...needsOf(need));
		length += need.length;
		if (length < CHARACTERS_A_STEP) continue;
		length = 0;
		yield;
	}
	return needs;
}

/** `bash` of `bash-5.1.8-1.src.rpm`. */
function sourceName(file: string | null): string | null {
	return /^(.+)-[^-]+-[^-]+\.(?:no)?src\.rpm$/.exec(file ?? '')?.[1] ?? null;
}

function* writePaths(header: Header, paths: PathListWriter): Generator<undefined, void, undefined> {
	let count = 0;
	// Packages from before rpm 4 have whole paths.
	for (const path of header.strings(tags.oldFileNames)) {
		paths.add(path);
		if (++count % STRINGS_A_STEP === 0) yield;
	}
	const folderOf = header.numbers(tags.dirIndexes);
	if (folderOf === null) return;
	const folders: Uint8Array[] = [];
	for (const folder of header.strings(tags.dirNames)) {
		folders.push(folder);
		if (folders.length % STRINGS_A_STEP === 0) yield;
	}
	let index = 0;
	for (const name of header.strings(tags.baseNames)) {
		const folder = folders[folderOf(index++)];
		if (folder === undefined) throw new FactError('a file in a folder that is not listed');
		paths.add(folder, name);
		if (index % STRINGS_A_STEP === 0) yield;
	}
}
