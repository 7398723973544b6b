import type { FactReader } from '../fact-reader.ts';
import { readLines } from '../line-file.ts';
import { boundedText } from './field-limits.ts';
import type { PackageFact } from './package-facts.ts';

const MOST_BYTES = 256 * 1024;
const paths: ReadonlySet<string> = new Set(['etc/os-release', 'usr/lib/os-release']);

/** The distribution (os-release(5)). */
export const osReleaseReader: FactReader<PackageFact> = {
	name: 'os-release',
	fileNames: ['os-release'],
	open(file) {
		if (!paths.has(file.path)) return null;
		/** As in a shell, the last assignment counts. */
		const values = new Map<string, string>();
		return readLines<PackageFact>(file, {
			mostBytes: MOST_BYTES,
			line(bytes, start, end) {
				const assignment = assignmentOf(bytes.toString('utf8', start, end));
				if (assignment) values.set(...assignment);
			},
			end: () => ({
				kind: 'os-release',
				// os-release(5): the default, if it is not set.
				id: values.get('ID') || 'linux',
				versionId: values.get('VERSION_ID') || null,
			}),
		});
	},
};

const wanted = /^\s*(ID|VERSION_ID)=(.*)$/;

/** The name and value of an assignment that is of use; lines that are none are passed over, as a shell's user would want. */
export function assignmentOf(line: string): readonly [name: string, value: string] | null {
	const match = wanted.exec(line);
	return match && [match[1], boundedText(unquote(match[2].trim()), `a value of ${match[1]}`)];
}

/** What a shell makes of a word that has no expansion in it. */
function unquote(word: string): string {
	const quote = word[0];
	const isQuoted = word.length > 1 && (quote === '"' || quote === "'") && word.endsWith(quote);
	const inner = isQuoted ? word.slice(1, -1) : word;
	return quote === "'" ? inner : inner.replace(/\\(.)/g, '$1');
}
