import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { osReleaseReader } from '../../../source/facts/packages/os-release.ts';
import { factOf } from '../../support/facts/facts.ts';

const read = (content: string, path = 'etc/os-release') => factOf(osReleaseReader, { path, content });
const said = (id: string, versionId: string | null) => ({ kind: 'os-release', id, versionId });

describe('the distribution', () => {
	test('is the one of os-release, quoted or not', () => {
		assert.deepEqual(
			read(
				'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n',
			),
			said('debian', '12'),
		);
		assert.deepEqual(
			read("ID='alpine'\nVERSION_ID=3.14.6\n", 'usr/lib/os-release'),
			said('alpine', '3.14.6'),
		);
	});

	test('may have no version, as a rolling one', () => {
		assert.deepEqual(read('# comment\nID=arch\nID_LIKE=x\n'), said('arch', null));
	});

	test('is Linux where none is named', () => {
		assert.deepEqual(read('NAME=Thing\n'), said('linux', null));
	});

	test('is what a shell makes of the file', () => {
		assert.deepEqual(read('ID=a\nID="b\\"c"\nVERSION_ID=\n'), said('b"c', null));
	});

	test('is not told in other files', () => {
		assert.equal(read('ID=a\n', 'opt/etc/os-release'), undefined);
	});

	test('has no name of thousands of characters', () => {
		assert.throws(() => read(`\nID=${'a'.repeat(5000)}\n`), {
			name: 'FactError',
			message: 'line 2: a value of ID of more than 2048 characters',
		});
	});
});
