import fc from 'fast-check';
import {
	type Attributes,
	device,
	directory,
	fifo,
	file,
	hardLink,
	opaque,
	symlink,
	type TarEntry,
	whiteout,
} from './tar-entry.ts';

/*
 * Layers in which everything collides: few names, few contents, few attributes. `a-` and `a.` sort before `a/b` as text and after
 * it as paths.
 */

const component = fc.constantFrom('a', 'b', 'c', 'a-', 'a.');

const path = fc.array(component, { minLength: 1, maxLength: 3 }).map((components) => components.join('/'));

/** The same path, as tools write it in a tar. */
const writtenPath = fc
	.tuple(
		fc.oneof({ weight: 8, arbitrary: fc.constant('') }, fc.constantFrom('./', '/', './/', '././')),
		path,
		fc.oneof({ weight: 8, arbitrary: fc.constant('/') }, fc.constantFrom('//', '/./')),
	)
	.map(([start, text, slash]) => start + text.replaceAll('/', slash));

const escapingPath = path.map((text) => `${text}/../b`);

const linkAttributes: fc.Arbitrary<Attributes> = fc.record({
	mode: fc.constantFrom(0o644, 0o755),
	uid: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1000) }),
	mtime: fc.constantFrom(0, 1_700_000_000),
});

/** Tools write the extended attributes of an inode with its first name. */
const attributes: fc.Arbitrary<Attributes> = fc
	.tuple(
		linkAttributes,
		fc.oneof(
			{ weight: 4, arbitrary: fc.constant({}) },
			fc.constantFrom(
				{ 'user.a': 'x' },
				{ 'user.a': 'y' },
				{ 'user.a': 'x', 'security.capability': '\x01' },
				{ 'trusted.overlay.opaque': 'y' },
			),
		),
	)
	.map(([each, xattrs]) => ({ ...each, xattrs }));

const content = fc.constantFrom('', 'x', 'y', 'xx', 'xy', 'x'.repeat(700));

const entry: fc.Arbitrary<TarEntry> = fc.oneof(
	{ weight: 40, arbitrary: fc.tuple(writtenPath, content, attributes).map((each) => file(...each)) },
	{
		weight: 20,
		arbitrary: fc.tuple(writtenPath, attributes).map(([name, each]) => directory(`${name}/`, each)),
	},
	{
		weight: 15,
		arbitrary: fc.tuple(writtenPath, writtenPath, linkAttributes).map((each) => hardLink(...each)),
	},
	{ weight: 15, arbitrary: path.map(whiteout) },
	{ weight: 6, arbitrary: fc.oneof(path, fc.constant('')).map(opaque) },
	{
		weight: 8,
		arbitrary: fc
			.tuple(writtenPath, fc.constantFrom('a', '../b'), attributes)
			.map((each) => symlink(...each)),
	},
	{ weight: 2, arbitrary: fc.tuple(writtenPath, attributes).map((each) => fifo(...each)) },
	{
		weight: 2,
		arbitrary: fc
			.tuple(
				writtenPath,
				fc.constantFrom('character-device' as const, 'block-device' as const),
				fc.constantFrom([1, 3] as const, [1, 5] as const),
			)
			.map((each) => device(...each)),
	},
	{ weight: 1, arbitrary: escapingPath.map((name) => file(name, 'x')) },
	{
		weight: 1,
		arbitrary: fc
			.constantFrom('.wh..wh.plnk', 'a/.wh..wh.aufs', '.wh..wh.orph/x')
			.map((name) => file(name, 'x')),
	},
	{ weight: 1, arbitrary: fc.constantFrom(directory('./'), directory('/', { mode: 0o700 })) },
);

const anything = fc.array(fc.array(entry, { maxLength: 9 }), { minLength: 1, maxLength: 5 });

/** Three names and two contents of one size: which inode a name leads to is all that matters here. */
const linkEntry: fc.Arbitrary<TarEntry> = fc.oneof(
	{ weight: 3, arbitrary: fc.tuple(shortName(), fc.constantFrom('x', 'y')).map((each) => file(...each)) },
	{ weight: 3, arbitrary: fc.tuple(shortName(), shortName()).map((each) => hardLink(...each)) },
	{ weight: 1, arbitrary: shortName().map(whiteout) },
);

const onlyLinks = fc.array(fc.array(linkEntry, { maxLength: 5 }), { minLength: 1, maxLength: 5 });

/**
 * Few paths, each of them many times and of every type, in one layer and in several: in which order entries and markers apply decides
 * what is there in the end, and what each hard link shares. Files differ in size, so that none is taken for another.
 */
const repeatedPath = fc.constantFrom('a', 'b', 'c', 'a/b', 'a/c', 'a/b/c', 'b/a');
const sizedContent = fc.integer({ min: 0, max: 40 }).map((bytes) => 'x'.repeat(bytes));
const repeatedEntry: fc.Arbitrary<TarEntry> = fc.oneof(
	{ weight: 6, arbitrary: fc.tuple(repeatedPath, sizedContent).map((each) => file(...each)) },
	{ weight: 7, arbitrary: fc.tuple(repeatedPath, repeatedPath).map((each) => hardLink(...each)) },
	{ weight: 2, arbitrary: fc.tuple(repeatedPath, attributes).map((each) => directory(...each)) },
	{ weight: 2, arbitrary: repeatedPath.map((name) => symlink(name, 'b')) },
	{ weight: 1, arbitrary: repeatedPath.map((name) => device(name, 'block-device', [1, 3])) },
	{ weight: 3, arbitrary: repeatedPath.map(whiteout) },
	{ weight: 1, arbitrary: fc.oneof(repeatedPath, fc.constant('')).map(opaque) },
);

const repeatedPaths = fc.array(fc.array(repeatedEntry, { maxLength: 12 }), { minLength: 1, maxLength: 5 });

/** Layers that come more than once, as from a step that was run again: engines store them once. */
const withRepetition = fc.tuple(onlyLinks, fc.nat(4)).map(([layers, index]) => {
	return [...layers, layers[index % layers.length]];
});

/** Images of up to six layers with up to twelve entries each, lowest layer first. */
export const arbitraryLayers: fc.Arbitrary<readonly (readonly TarEntry[])[]> = fc.oneof(
	{ weight: 3, arbitrary: anything },
	{ weight: 4, arbitrary: repeatedPaths },
	{ weight: 2, arbitrary: onlyLinks },
	{ weight: 1, arbitrary: withRepetition },
);

function shortName(): fc.Arbitrary<string> {
	return fc.constantFrom('a', 'b', 'c');
}
