import type { HeaderDifference, HeaderPlace } from './header-fields.ts';
import type { HeaderFieldName } from './header-spans.ts';

/** Why the tars of two layers differ, as those who check reproducible builds tell it apart. The order is that of a report. */
export const causes = [
	'timestamps',
	'owner',
	'owner-names',
	'permissions',
	'type',
	'link-target',
	'device',
	'xattrs',
	'pax-header-name',
	'pax-records',
	'header-format',
	'content',
	'order',
	'only-in-old',
	'only-in-new',
	'padding',
	'end',
] as const;

export type Cause = (typeof causes)[number];

const causeOfField: Readonly<Record<HeaderFieldName, Cause>> = {
	name: 'header-format',
	mode: 'permissions',
	uid: 'owner',
	gid: 'owner',
	size: 'content',
	mtime: 'timestamps',
	chksum: 'header-format',
	typeflag: 'type',
	linkname: 'link-target',
	magic: 'header-format',
	uname: 'owner-names',
	gname: 'owner-names',
	devmajor: 'device',
	devminor: 'device',
	prefix: 'header-format',
	atime: 'timestamps',
	ctime: 'timestamps',
	sparse: 'header-format',
	padding: 'header-format',
};

const causeOfRecord: Readonly<Record<string, Cause>> = {
	mtime: 'timestamps',
	atime: 'timestamps',
	ctime: 'timestamps',
	'LIBARCHIVE.creationtime': 'timestamps',
	uid: 'owner',
	gid: 'owner',
	uname: 'owner-names',
	gname: 'owner-names',
	linkpath: 'link-target',
	path: 'header-format',
	size: 'content',
};

/** Why a header differs. */
export function causeOf({ place, older, newer }: HeaderDifference): Cause {
	switch (place.kind) {
		case 'field':
			return causeOfPlace(place, typeof older === 'number' && typeof newer === 'number');
		case 'record':
			if (/^(?:SCHILY|LIBARCHIVE)\.xattr\./.test(place.key)) return 'xattrs';
			return (
				(!place.isGlobal && Object.hasOwn(causeOfRecord, place.key) && causeOfRecord[place.key]) ||
				'pax-records'
			);
		case 'long-text':
			return place.role === 'long-link' ? 'link-target' : 'header-format';
		case 'extension':
		case 'headers':
			return 'header-format';
	}
}

/** A number that is the same and written in another way is a matter of the format. */
function causeOfPlace(place: HeaderPlace & { readonly kind: 'field' }, areOtherNumbers: boolean): Cause {
	const cause = causeOfField[place.name];
	const isNumber =
		cause === 'timestamps' || cause === 'owner' || cause === 'permissions' || cause === 'device';
	if (isNumber && !areOtherNumbers) return 'header-format';
	if (place.role === 'entry' || cause === 'timestamps') return cause;
	// GNU tar puts its process ID into the names of extended headers.
	return place.name === 'name' || place.name === 'prefix' ? 'pax-header-name' : 'header-format';
}
