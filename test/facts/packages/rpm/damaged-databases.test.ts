import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Damage } from '../../../../source/facts/damage.ts';
import { FactError } from '../../../../source/facts/fact-reader.ts';
import { parseRpmDatabase } from '../../../../source/facts/packages/rpm/rpm-database.ts';
import { finish } from '../../../../source/steps.ts';
import { berkeleyDatabase, ndbDatabase, sqliteDatabase } from '../../../support/rpm/databases.ts';
import { rpmHeader } from '../../../support/rpm/header.ts';
import { runs } from '../../../support/runs.ts';

const headers = Array.from({ length: 12 }, (_, index) =>
	rpmHeader({
		name: `package-${index}`,
		requires: ['(a or b)', '/bin/sh'],
		paths: Array.from({ length: index * 9 }, (_, file) => `/opt/package-${index}/file-${file}`),
	}),
);
const databases = {
	SQLite: sqliteDatabase(headers, 512),
	ndb: ndbDatabase(headers),
	'Berkeley DB': berkeleyDatabase(headers, { pageBytes: 512 }),
};

/** Where each format has one record, or one page of a few, of the twelve. */
const damages = {
	SQLite: (content) => {
		const leaf =
			512 * Array.from({ length: content.length / 512 }, (_, page) => content[512 * page]).lastIndexOf(0x0d);
		content[leaf] = 0x77;
	},
	ndb: (content) => {
		content[content.indexOf('BlbS', content.indexOf('BlbS') + 4)] ^= 1;
	},
	'Berkeley DB': (content) => {
		const value = content.indexOf(headers[7].subarray(0, 40));
		content.writeUInt16LE(0xffff, value - (value % 512) + 22);
	},
} as const satisfies Record<keyof typeof databases, (content: Buffer) => void>;

for (const [name, damageIn] of Object.entries(damages))
	test(`what is damaged of a database is left out alone, with one reason: ${name}`, () => {
		const damage = new Damage();
		const content = Buffer.from(databases[name as keyof typeof databases]);
		damageIn(content);
		const fact = finish(parseRpmDatabase(content, damage));
		assert.ok(fact.kind === 'packages');
		assert.ok(fact.packages.length >= 9 && fact.packages.length < 12, `${fact.packages.length} packages`);
		assert.equal(damage.count, 1);
	});

test('a database that is damaged all over is read no longer than it takes to see that', () => {
	const content = Buffer.alloc(4096 * 2000);
	content.write('RpmP');
	content.writeUInt32LE(2000, 12);
	assert.throws(() => finish(parseRpmDatabase(content, new Damage())), /more damage than is passed over/);
});

for (const [name, database] of Object.entries(databases)) {
	test(`a damaged database gives packages or a reason: ${name}`, () => {
		const damage = fc.record({
			at: fc.nat(database.length - 4),
			// What counts, points and types are mostly made of.
			value: fc.oneof(fc.nat(40), fc.nat(0xffff), fc.constantFrom(0x7fffffff, 0xffffffff, 0x80808080)),
			bytes: fc.constantFrom(1, 2, 4),
			isLittle: fc.boolean(),
		});
		fc.assert(
			fc.property(
				fc.array(damage, { minLength: 1, maxLength: 6 }),
				fc.nat(database.length),
				(damages, cut) => {
					const damaged = Buffer.from(database.subarray(0, cut % 3 === 0 ? cut : database.length));
					for (const { at, value, bytes, isLittle } of damages) {
						if (at + bytes > damaged.length) continue;
						const low = value % 2 ** (8 * bytes);
						if (isLittle) damaged.writeUIntLE(low, at, bytes);
						else damaged.writeUIntBE(low, at, bytes);
					}
					return isUnderstoodOrRefused(damaged);
				},
			),
			{ numRuns: runs(10_000) },
		);
	});
}

function isUnderstoodOrRefused(content: Uint8Array): boolean {
	try {
		return finish(parseRpmDatabase(content, new Damage())).kind === 'packages';
	} catch (error) {
		if (error instanceof FactError && /^[^\n]{1,100}$/.test(error.message)) return true;
		throw error;
	}
}
