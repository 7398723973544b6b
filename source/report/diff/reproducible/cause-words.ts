import type { Cause } from '../../../diff/reproducible/causes.ts';

interface CauseWords {
	/** As those who check reproducible builds call it. */
	readonly name: string;
	/** What to try. */
	readonly advice: string;
}

/** reproducible-builds.org, "Archive metadata"; GNU tar manual, "Making tar Archives More Reproducible"; BuildKit, docs/build-repro.md. */
export const causeWords: Readonly<Record<Cause, CauseWords>> = {
	timestamps: {
		name: 'timestamps',
		advice:
			'Set SOURCE_DATE_EPOCH, and build with BuildKit 0.13 or newer and --output type=image,rewrite-timestamp=true; with tar, --mtime=@$SOURCE_DATE_EPOCH --clamp-mtime and --pax-option=delete=atime,delete=ctime.',
	},
	owner: {
		name: 'uid/gid',
		advice:
			'Copy with --chown, and create users and groups with fixed IDs; with tar, --owner=0 --group=0 --numeric-owner.',
	},
	'owner-names': {
		name: 'user and group names',
		advice: 'Leave names out of the tar: --numeric-owner. The builders must agree on names, or write none.',
	},
	permissions: {
		name: 'permissions',
		advice:
			'Copy with --chmod, and set the umask of the step: a checkout has the modes of the umask of who made it.',
	},
	type: {
		name: 'file type',
		advice: 'Look at the step that makes this path: it makes another kind of file.',
	},
	'link-target': {
		name: 'link target',
		advice: 'Look at the step that makes this link; link to a fixed path.',
	},
	device: {
		name: 'device number',
		advice: 'Look at the step that makes this device: give mknod fixed numbers.',
	},
	xattrs: {
		name: 'extended attributes',
		advice:
			'Build where the file system keeps the same extended attributes, and leave out those of the host, such as SELinux labels: tar --xattrs-include.',
	},
	'pax-header-name': {
		name: 'name of the PAX header',
		advice: 'GNU tar puts its process ID there: --pax-option=exthdr.name=%d/PaxHeaders/%f.',
	},
	'pax-records': {
		name: 'PAX records',
		advice:
			'Write both tars with the same program and options; git archive puts the commit ID into a global record.',
	},
	'header-format': {
		name: 'tar header format',
		advice:
			'Write both tars with the same program, version and format: with tar, --format=posix or --format=gnu.',
	},
	content: {
		name: 'file content',
		advice:
			'Look for embedded dates (SOURCE_DATE_EPOCH), an embedded build path (-ffile-prefix-map, -trimpath), random names and unsorted lists; diffoscope shows the two files in full.',
	},
	order: {
		name: 'file order',
		advice:
			'Sort what is packed: with tar, --sort=name in the C locale. File systems list directories in any order.',
	},
	'only-in-old': {
		name: 'files in OLD only',
		advice: 'Pin what the step installs, and remove caches, logs and temporary files in the same step.',
	},
	'only-in-new': {
		name: 'files in NEW only',
		advice: 'Pin what the step installs, and remove caches, logs and temporary files in the same step.',
	},
	padding: { name: 'padding', advice: 'Write both tars with the same program: padding should be zeros.' },
	end: {
		name: 'end of the tar',
		advice:
			'Write both tars with the same program and blocking factor: GNU tar fills 10 KiB records with zeros, Go writes two blocks.',
	},
};
