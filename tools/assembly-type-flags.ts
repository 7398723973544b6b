import { entryKinds } from '../source/tar/changeset.ts';
import { headerTypeOf } from '../source/tar/type-flags.ts';

/** The kinds of entry that a plain header may have. */
const plainKinds = ['file', 'hard-link', 'symlink', 'directory'] as const;

/** The file of assembly/headers with what `source/tar/type-flags.ts` says, which AssemblyScript cannot import. */
export function assemblyTypeFlags(): string {
	const kinds = plainKinds.map((kind) => `export const ${nameOf(kind)}: u8 = ${entryKinds.indexOf(kind)};`);
	const cases = plainKinds.map((kind) => {
		const flags = flagsOf(kind).map((flag) => `\t\tcase 0x${flag.toString(16).padStart(2, '0')}:`);
		return [...flags, `\t\t\treturn ${nameOf(kind)};`].join('\n');
	});
	return `// Written by \`npm run build:assembly\` from source/tar/type-flags.ts.

${kinds.join('\n')}
export const NO_PLAIN_KIND: u8 = 0xff;

/** The code of the entry kind in a changeset, or NO_PLAIN_KIND. */
export function plainKindOf(typeFlag: u8): u8 {
\tswitch (typeFlag) {
${cases.join('\n')}
\t\tdefault:
\t\t\treturn NO_PLAIN_KIND;
\t}
}
`;
}

/** Only files have content in a plain header, and all of it. */
function flagsOf(kind: (typeof plainKinds)[number]): readonly number[] {
	return Array.from({ length: 256 }, (_, flag) => flag).filter((flag) => {
		const type = headerTypeOf(flag);
		if (type.role !== 'entry' || type.kind !== kind || type.isSparse) return false;
		return type.hasContent === (kind === 'file');
	});
}

function nameOf(kind: string): string {
	return kind.toUpperCase().replace('-', '_');
}
