import { FactError, type FactReader } from '../../fact-reader.ts';
import type { PackageFact } from '../package-facts.ts';

/** A log that has nothing but its header is one without changes (SQLite, "WAL File Format"). */
const HEADER_BYTES = 32;
const LOG = /^(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/rpmdb\.sqlite-wal$/;

/** Changes of rpm's database that are not in its file yet. They are not read, which is said. */
export const rpmWriteAheadLogReader: FactReader<PackageFact> = {
	name: 'rpm-write-ahead-log',
	fileNames: ['rpmdb.sqlite-wal'],
	open: ({ path, bytes }) =>
		bytes > HEADER_BYTES && LOG.test(path) ? { isDone: true, write: () => {}, end: refuse } : null,
};

function refuse(): never {
	throw new FactError(
		'changes of the database in its write-ahead log are not read, so its packages may be others',
	);
}
