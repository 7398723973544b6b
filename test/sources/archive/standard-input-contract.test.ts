import { Readable } from 'node:stream';
import {
	cut,
	type KnownArchive,
	knownArchives,
	withDamagedTop,
} from '../../support/contract/known-archives.ts';
import { knownImage, knownImageName } from '../../support/contract/known-image.ts';
import { sourceContract } from '../../support/contract/source-contract.ts';
import type { ContractSubject, Openable } from '../../support/contract/subject.ts';

/** As a pipe gives it. */
const CHUNK_BYTES = 65_536;

for (const [name, archive] of Object.entries(knownArchives))
	sourceContract(`standard input with an archive of ${name}`, standardInputSubject(archive));

function standardInputSubject(archive: KnownArchive): ContractSubject {
	const { sourceKind, bytes, layers } = archive;
	return {
		known: knownImage,
		sourceKind,
		foundIn: null,
		isReadOnce: true,
		whole: async () => ({ ...piped(bytes), names: [knownImageName], layers }),
		damaged: {
			'an archive that was cut': async () => ({
				...piped(cut(archive)),
				code: 'truncated',
				message: /^standard input: /,
			}),
			'a damaged layer': async () => ({
				...piped(withDamagedTop(archive)),
				code: 'corrupt',
				message: /^standard input: layer 5: /,
			}),
		},
		endless: {
			'an archive of which no more comes': async () => {
				const stuck = Promise.withResolvers<void>();
				return { ...piped(cut(archive), stuck.resolve), isStuck: stuck.promise };
			},
		},
	};
}

/** Ends after the bytes, unless somebody is to be told instead that no more comes. */
function piped(bytes: Uint8Array, onStuck?: () => void): Openable {
	const stdin = (): Readable => {
		let position = 0;
		return new Readable({
			read() {
				const chunk = bytes.subarray(position, position + CHUNK_BYTES);
				position += chunk.length;
				if (chunk.length > 0) this.push(chunk);
				else if (onStuck === undefined) this.push(null);
				else onStuck();
			},
		});
	};
	return { choice: { reference: '-' }, options: () => ({ stdin: stdin() }) };
}
