import { FactError, type FactReader } from '../../fact-reader.ts';
import { readLines } from '../../line-file.ts';
import { boundedText, PackageCollector } from '../field-limits.ts';
import type { PackageFact, PackageRecord } from '../package-facts.ts';
import { PathListBuilder } from '../path-list.ts';
import { parseDependencies } from './dependencies.ts';

const MOST_BYTES = 64 * 1024 * 1024;
const files: ReadonlySet<string> = new Set(['lib/apk/db/installed', 'usr/lib/apk/db/installed']);

/** apk's database, which has packages and their files in one (apk-tools, `apk_db_read_fdb` and `apk_db_write_fdb`). */
export const apkInstalledReader: FactReader<PackageFact> = {
	name: 'apk-installed',
	fileNames: ['installed'],
	open(file) {
		if (!files.has(file.path)) return null;
		const database = new InstalledParser();
		return readLines<PackageFact>(file, {
			mostBytes: MOST_BYTES,
			line: (bytes, start, end) => database.line(bytes, start, end),
			end: () => ({ kind: 'packages', packages: database.end() }),
			passOver: () => database.drop(),
		});
	},
};

const COLON = 0x3a;

/** Fields of one letter by their code: package, version, architecture, origin, dependencies, what it provides. */
const kept: ReadonlyMap<number, string> = new Map(
	[...'PVAoDp'].map((letter) => [letter.charCodeAt(0), letter]),
);
const FOLDER = 'F'.charCodeAt(0);
const FILE = 'R'.charCodeAt(0);

/** Takes `X:value` lines, with an empty line after each package. */
class InstalledParser {
	readonly #installed = new PackageCollector();
	readonly #paths = new PathListBuilder();
	readonly #fields = new Map<string, string>();
	#folder = '';
	#isBegun = false;
	/** Whether something was wrong with the package, so that all of it is left out. */
	#isDropped = false;

	line(bytes: Buffer, start: number, end: number): void {
		if (start === end) this.#endPackage();
		else if (!this.#isDropped) this.#line(bytes, start, end);
	}

	/** Leaves out the package that is being read. */
	drop(): void {
		this.#isDropped = true;
	}

	#line(bytes: Buffer, start: number, end: number): void {
		try {
			this.#field(bytes, start, end);
		} catch (error) {
			this.drop();
			throw error;
		}
	}

	#field(bytes: Buffer, start: number, end: number): void {
		if (end - start < 2 || bytes[start + 1] !== COLON)
			throw new FactError('it does not begin with a letter and a colon');
		this.#isBegun = true;
		const letter = kept.get(bytes[start]);
		if (letter !== undefined) this.#fields.set(letter, bytes.toString('utf8', start + 2, end));
		else if (bytes[start] === FOLDER) this.#folder = bytes.toString('latin1', start + 2, end);
		else if (bytes[start] === FILE) this.#file(bytes.toString('latin1', start + 2, end));
	}

	end(): readonly PackageRecord[] {
		this.#endPackage();
		return this.#installed.packages;
	}

	#file(name: string): void {
		this.#paths.add(this.#folder === '' ? name : `${this.#folder}/${name}`);
	}

	#endPackage(): void {
		try {
			if (this.#isBegun && !this.#isDropped) this.#installed.add(this.#package());
		} finally {
			// The paths of a package that is left out are nobody's.
			this.#paths.drop();
			this.#fields.clear();
			this.#folder = '';
			this.#isBegun = false;
			this.#isDropped = false;
		}
	}

	#package(): PackageRecord {
		const name = this.#text('P');
		if (name === '') throw new FactError('the package before it has no name');
		const origin = this.#text('o');
		return {
			type: 'apk',
			name,
			version: this.#text('V'),
			architecture: this.#text('A') || null,
			source: origin === '' || origin === name ? null : origin,
			dependsOn: parseDependencies(this.#fields.get('D') ?? '').map((needed) => [needed]),
			provides: parseDependencies(this.#fields.get('p') ?? ''),
			claim: { kind: 'paths', paths: this.#paths.take() },
		};
	}

	#text(letter: string): string {
		return boundedText(this.#fields.get(letter) ?? '', `the field ${letter}`);
	}
}
