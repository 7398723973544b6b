import { describe, test } from 'node:test';
import {
	compareFindings,
	findingDelta,
	greatestDeltaFirst,
} from '../../../source/analysis/findings/compare-findings.ts';
import type { KnownFinding } from '../../../source/analysis/findings/known-findings.ts';

const finding = (parts: Partial<KnownFinding>): KnownFinding => ({
	code: 'owner-changed',
	level: 'waste',
	bytes: 1000,
	shippedBy: 'COPY . /app',
	wastedBy: 'RUN chown -R app /app',
	shippedIn: 3,
	layerIndex: 5,
	paths: ['app'],
	...parts,
});

const kindsOf = (older: readonly KnownFinding[], newer: readonly KnownFinding[]): readonly string[] =>
	compareFindings(older, newer).map(({ kind }) => kind);

describe('findings of two images', () => {
	test('are the same where their instructions are, in whatever layer', (t) => {
		t.assert.deepEqual(kindsOf([finding({})], [finding({ layerIndex: 7, paths: ['srv'] })]), ['less']);
	});

	test('are the same where an instruction was edited and a path is', (t) => {
		t.assert.deepEqual(kindsOf([finding({})], [finding({ wastedBy: 'RUN chown -R 1000 /app' })]), ['less']);
	});

	test('are another one where neither is', (t) => {
		const other = finding({ wastedBy: 'RUN chown -R app /srv', paths: ['srv'] });
		t.assert.deepEqual(kindsOf([finding({})], [other]), ['new', 'gone']);
	});

	test('have other codes', (t) => {
		t.assert.deepEqual(kindsOf([finding({})], [finding({ code: 'mode-changed' })]), ['new', 'gone']);
	});

	test('grow by more than a twentieth', (t) => {
		t.assert.deepEqual(kindsOf([finding({})], [finding({ bytes: 1050 })]), ['less']);
		t.assert.deepEqual(kindsOf([finding({})], [finding({ bytes: 1051 })]), ['grown']);
		t.assert.deepEqual(kindsOf([finding({ bytes: 0 })], [finding({ bytes: 1 })]), ['grown']);
	});

	test('of level risk grow by a path, and never by bytes', (t) => {
		const risk = finding({ level: 'risk', paths: ['bin/a', 'bin/b'] });
		t.assert.deepEqual(kindsOf([risk], [{ ...risk, bytes: 9999, paths: ['bin/a'] }]), ['less']);
		t.assert.deepEqual(kindsOf([risk], [{ ...risk, paths: ['bin/a', 'bin/c'] }]), ['grown']);
	});

	test('about no path are about the image', (t) => {
		const whole = finding({ level: 'risk', shippedBy: null, wastedBy: null, layerIndex: null, paths: [] });
		t.assert.deepEqual(kindsOf([whole], [whole]), ['less']);
		t.assert.deepEqual(kindsOf([], [whole]), ['new']);
	});

	test('take each other one once', (t) => {
		const twice = [finding({ bytes: 10 }), finding({ bytes: 20 })];
		t.assert.deepEqual(kindsOf(twice, twice), ['less', 'less']);
		t.assert.deepEqual(kindsOf([finding({})], twice), ['less', 'new']);
	});
});

test('findings are in the order of what they cost or save, whichever of both it is', (t) => {
	const sized = (path: string, bytes: number): KnownFinding =>
		finding({ bytes, shippedBy: null, wastedBy: null, paths: [path] });
	const older = [sized('gone', 900), sized('grown', 1000)];
	const newer = [sized('grown', 1800), sized('new', 20), sized('alike', 20)];
	t.assert.deepEqual(
		greatestDeltaFirst(compareFindings(older, newer)).map((change) => [change.kind, findingDelta(change)]),
		[
			['gone', -900],
			['grown', 800],
			['new', 20],
			['new', 20],
		],
	);
});
