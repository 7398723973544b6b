import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { secretRanges } from '../../../source/facts/secrets/find-secrets.ts';
import { namedRulesFor } from '../../../source/facts/secrets/named-rules.ts';
import { type SecretKind, secretKinds } from '../../../source/facts/secrets/rules/rules.ts';
import type { SecretFact } from '../../../source/facts/secrets/secret-facts.ts';
import { secretReaders } from '../../../source/facts/secrets/secret-readers.ts';
import { anyText } from '../../support/any-text.ts';
import { readFact } from '../../support/facts/read-fact.ts';
import { examples, furtherHarmless, furtherSecrets } from './examples.ts';

function read(path: string, content: string | Uint8Array, pieceBytes?: number): SecretFact | null {
	const bytes = typeof content === 'string' ? Buffer.from(content) : content;
	const [reader] = secretReaders;
	return readFact(reader, { path }, bytes, pieceBytes === undefined ? {} : { pieceBytes }).fact;
}

function kindsIn(fact: SecretFact | null): readonly SecretKind[] {
	return fact?.secrets.map(({ kind }) => kind) ?? [];
}

describe('what looks secret', () => {
	for (const kind of secretKinds) {
		const { secret, harmless } = examples[kind];
		test(`${kind} is told with its line, and without its value`, () => {
			const fact = read(secret.path, secret.content);
			assert.deepEqual(fact, { secrets: [{ kind, lines: secret.line == null ? [] : [secret.line] }] });
			assert.ok(
				secret.value &&
					Buffer.from(secret.content).includes(secret.value, 0, secret.line === null ? 'hex' : 'utf8'),
			);
			assert.ok(!JSON.stringify(fact).includes(secret.value));
		});
		test(`what only looks like ${kind} is let be`, () => {
			assert.equal(read(harmless.path, harmless.content), null);
		});
	}

	for (const { kind, path, content } of furtherSecrets)
		test(`${kind} in ${path}`, () => assert.deepEqual(kindsIn(read(path, content)), [kind]));

	for (const { path, content } of furtherHarmless)
		test(`${path} is harmless: ${Buffer.from(content).toString('latin1').slice(0, 24)}`, () => {
			assert.equal(read(path, content), null);
		});

	test('one line has one kind, and each kind at most twenty lines', () => {
		const { secret } = examples['github-token'];
		const fact = read('srv/.env', `GITHUB_TOKEN=${secret.value}\n`.repeat(50));
		assert.deepEqual(fact?.secrets, [
			{ kind: 'github-token', lines: Array.from({ length: 20 }, (_, index) => index + 1) },
		]);
	});

	test('every value is masked, however many there are', () => {
		const { secret } = examples['github-token'];
		const lines = 3000;
		const tokens = Buffer.from(`${secret.content}\n`.repeat(lines));
		assert.equal(secretRanges(tokens, { named: [], isText: true }).length, lines);
		const settings = Buffer.from('DB_PASSWORD=tR9vLk2wQz7xAa\n'.repeat(lines));
		const named = namedRulesFor('srv/.env');
		assert.equal(secretRanges(settings, { named, isText: true }).length, lines);
	});

	test('a secret is found wherever the pieces of a stream are cut, and up to the end of the file', () => {
		const { secret } = examples['private-key'];
		const content = `${'x\n'.repeat(40_000)}${secret.content}`;
		for (const pieceBytes of [997, 16_384, 65_536])
			assert.deepEqual(read('a/b', content, pieceBytes)?.secrets[0].lines, [40_002]);
	});

	test('data, and files of more than a megabyte, are not searched', () => {
		const { secret } = examples['private-key'];
		const [reader] = secretReaders;
		assert.equal(read('a/b', Buffer.concat([Buffer.of(0), Buffer.from(secret.content)])), null);
		assert.equal(reader.open({ path: 'a/b', bytes: 1024 * 1024 + 1, mode: 0o644 }), null);
	});

	test('whatever is in a file, reading it ends without an error', () => {
		const paths = Object.values(examples).map(({ secret }) => secret.path);
		const parts = Object.values(examples).map(({ secret }) => Buffer.from(secret.content).toString('latin1'));
		const part = fc.oneof(
			fc.constantFrom(...parts),
			fc.constantFrom(...parts).chain((text) => fc.nat(text.length).map((end) => text.slice(0, end))),
			anyText(),
		);
		fc.assert(
			fc.property(fc.constantFrom(...paths), fc.array(part, { maxLength: 8 }), (path, texts) => {
				const fact = read(path, Buffer.from(texts.join(''), 'latin1'));
				assert.ok(fact === null || fact.secrets.length > 0);
			}),
		);
	});
});
