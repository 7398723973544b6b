import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadReaders, readersOf } from '../../source/facts/fact-groups.ts';
import { FactError, type FactReader, type FactSink } from '../../source/facts/fact-reader.ts';
import { FactsObserver } from '../../source/facts/facts-observer.ts';
import type { PackageFact } from '../../source/facts/packages/package-facts.ts';
import { ndbDatabase } from '../support/rpm/databases.ts';
import { rpmHeader } from '../support/rpm/header.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A reader of the files of this name. */
function readerOf(
	name: string,
	sink: (file: { readonly bytes: number }) => FactSink<unknown>,
): FactReader<unknown> {
	return { name, open: (file) => (file.path === name ? sink(file) : null) };
}

const counting = readerOf('counted', () => {
	let bytes = 0;
	return {
		isDone: false,
		write(piece) {
			bytes += piece.length;
		},
		end: () => bytes,
	};
});
const slow = readerOf('slow', () => ({
	isDone: false,
	write: () => {},
	end: () => 'at once',
	*endInSteps() {
		for (let step = 0; step < 3; step++) yield;
		return 'in steps';
	},
}));
const failing = readerOf('failing', () => ({
	isDone: false,
	write: () => {
		throw new FactError('it is broken');
	},
	end: () => 'never',
}));
const unforeseen = readerOf('unforeseen', () => ({
	isDone: false,
	write: () => {},
	end: () => (null as unknown as { readonly x: unknown }).x,
}));

function observerOf(...readers: readonly FactReader<unknown>[]): FactsObserver {
	return new FactsObserver(readers.map((reader) => ({ group: 'packages', reader })));
}

function pass(observer: FactsObserver, entry: number, path: string): void {
	const watcher = observer.open({ entry, path: bytesOf(path), bytes: 3, mode: 0o644 });
	watcher?.write(bytesOf('abc'));
	watcher?.end();
}

describe('what reads contents as they pass', () => {
	test('keeps what each reader says, in the order of the tar, and nothing of files that nobody wants', () => {
		const observer = observerOf(counting, failing, unforeseen);
		for (const [entry, path] of ['other', 'counted', 'failing', 'unforeseen', 'counted'].entries())
			pass(observer, entry, path);
		const [first, second, third, fourth] = observer.finish().packages ?? [];
		assert.deepEqual(first, { reader: 'counted', entry: 1, fact: 3, problem: null });
		assert.deepEqual(second, { reader: 'failing', entry: 2, fact: null, problem: 'it is broken' });
		assert.match(third.problem ?? '', /^it cannot be read \(Cannot read properties of null/);
		assert.deepEqual(fourth, { reader: 'counted', entry: 4, fact: 3, problem: null });
	});

	test('works out in steps what takes long, while other contents pass', () => {
		const observer = observerOf(counting, slow);
		pass(observer, 0, 'slow');
		assert.equal(observer.isBehind, true);
		pass(observer, 1, 'counted');
		let steps = 0;
		for (; observer.isBehind; steps++) observer.step();
		assert.equal(steps, 3);
		assert.deepEqual(observer.finish().packages, [
			{ reader: 'slow', entry: 0, fact: 'in steps', problem: null },
			{ reader: 'counted', entry: 1, fact: 3, problem: null },
		]);
	});

	test('does what is left in the end', () => {
		const observer = observerOf(slow, counting);
		pass(observer, 4, 'slow');
		pass(observer, 5, 'slow');
		assert.deepEqual(
			observer.finish().packages?.map(({ fact }) => fact),
			['in steps', 'in steps'],
		);
	});

	test('holds up nobody for a whole database', async () => {
		await loadReaders(['packages']);
		const observer = new FactsObserver(readersOf(['packages']));
		const content = ndbDatabase(
			Array.from({ length: 200 }, (_, index) => rpmHeader({ name: `p${index}`, version: '1', release: '1' })),
		);
		const path = bytesOf('usr/lib/sysimage/rpm/Packages.db');
		const watcher = observer.open({ entry: 0, path, bytes: content.length, mode: 0o644 });
		watcher?.write(content);
		watcher?.end();
		let steps = 0;
		for (; observer.isBehind; steps++) observer.step();
		assert.ok(steps > 200, `${steps}`);
		const [{ fact }] = observer.finish().packages ?? [];
		const said = fact as PackageFact;
		assert.equal(said.kind === 'packages' && said.packages.length, 200);
	});
});
